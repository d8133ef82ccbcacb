"""Scores a model on the held-out set through lm-evaluation-harness, and measures its first token; run.sh calls it."""

import argparse
import json
import os
import time
from pathlib import Path

import first_token
from talkers import Engine, Server

from train import card

HERE = Path(__file__).parent


def main():
    options = parse()
    os.environ["GREVY_HELD_OUT"] = str(options.set.absolute())
    if options.first_token:
        found = first_token.measure(options.url, options.model, options.set)
        print(card.first_token(found))
        if options.results:
            card.add(options.results, "first token", **found)
        return
    found = {}
    for way, talker in talkers(options):
        found[way], samples = evaluate(talker())
        if options.answers:
            options.answers.write_text("".join(json.dumps(sample, ensure_ascii=False) + "\n" for sample in samples))
        if options.results:
            card.add(options.results, "scores", **{way: found[way]})
    print(card.table(found))
    print(card.short(found))


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", help="of the API, such as http://127.0.0.1:8000/v3")
    arguments.add_argument("--model", default="grevy/demo", help="its name there")
    arguments.add_argument("--engine", help="ask openvino_genai about the model of this folder instead")
    arguments.add_argument("--fp32", help="and about that of this folder, exported in fp32 and computed in f32")
    arguments.add_argument("--exact", action="store_true", help="the engine is to compute in f32")
    arguments.add_argument("--set", type=Path, required=True, help="folder that held_out.py wrote")
    arguments.add_argument("--answers", type=Path, help="file for every question, answer and score")
    arguments.add_argument("--results", type=Path, help="file of all that was measured, which the card is written from")
    arguments.add_argument("--first-token", action="store_true", help="measure the time to the first token, not the scores")
    return arguments.parse_args()


def talkers(options):
    """Whom to ask, by the way's name, made when it is their turn."""
    if options.url:
        yield "http", lambda: Server(options.url, options.model)
    if options.engine:
        yield "engine", lambda: Engine(options.engine, options.exact)
    if options.fp32:
        yield "fp32", lambda: Engine(options.fp32, exact=True)


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
    return {"shares": scores, "cases": len(said), "seconds": round(time.monotonic() - start)}, said


if __name__ == "__main__":
    main()
