"""Scores a model on the held-out set through lm-evaluation-harness; run.sh calls it."""

import argparse
import json
import os
import time
from pathlib import Path

from talkers import Engine, Server

HERE = Path(__file__).parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", help="of the API, such as http://127.0.0.1:8000/v3")
    arguments.add_argument("--model", default="grevy/demo", help="its name there")
    arguments.add_argument("--engine", help="ask openvino_genai about the model of this folder instead")
    arguments.add_argument("--exact", action="store_true", help="the engine is to compute in f32")
    arguments.add_argument("--set", type=Path, required=True, help="folder that held_out.py wrote")
    arguments.add_argument("--answers", type=Path, help="file for every question, answer and score")
    options = arguments.parse_args()
    os.environ["GREVY_HELD_OUT"] = str(options.set.absolute())
    scores, samples, seconds = evaluate(Engine(options.engine, options.exact) if options.engine else Server(options.url, options.model))
    if options.answers:
        options.answers.write_text("".join(json.dumps(sample, ensure_ascii=False) + "\n" for sample in samples))
    print(f"{len(samples)} cases, {seconds:.0f} s")
    print("|", " | ".join(scores), "|")
    print("|---" * len(scores) + "|")
    print("|", " | ".join(f"{share:.1%}" for share in scores.values()), "|")


def evaluate(talker):
    """Share of right answers by kind, and all that was said."""
    from lm_eval import simple_evaluate
    from lm_eval.tasks import TaskManager

    start = time.monotonic()
    tasks = TaskManager(include_path=str(HERE), include_defaults=False)
    found = simple_evaluate(talker, tasks=["seeing"], task_manager=tasks, bootstrap_iters=0)
    scores = {name.removesuffix(",none"): value for name, value in found["results"]["seeing"].items() if name.endswith(",none") and "stderr" not in name}
    said = [
        {"score": s["doc"]["score"], "turns": s["doc"]["turns"], "answers": json.loads(s["resps"][0][0]), "right": s[s["doc"]["score"]]}
        for s in found["samples"]["seeing"]
    ]
    return scores, said, time.monotonic() - start


if __name__ == "__main__":
    main()
