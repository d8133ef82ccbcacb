"""Exports the averaged weights of a checkpoint, int8, to the demo model's folder, and writes its card.

    python -m train.ship --work FOLDER [--log FILE] [--out FOLDER] [--weights fp32]      (run in models/)
"""

import argparse
import os
import platform
import re
import shutil
import time
from pathlib import Path

from transformers import Qwen2VLImageProcessor, Qwen2VLProcessor, Qwen2VLVideoProcessor

from export import ir
from pictures.ask import examples
from train import card
from train.curriculum import LARGEST, SMALLEST
from train.model import MERGED, PATCH, Trainee, build
from train.run import load, tokenizer

GRAPH = card.DEMO / "graph.pbtxt"
LOG = Path(__file__).parent / "log.txt"


def save_source(work, folder):
    """The checkpoint as a folder that the transformers library loads; how many weights it has."""
    tokens = tokenizer(work / "tokenizer")
    trainee = Trainee(build(tokens))
    trainee.load_state_dict(load(work)["average"])
    trainee.model.eval().save_pretrained(folder)
    sizes = dict(min_pixels=SMALLEST, max_pixels=LARGEST, patch_size=PATCH, merge_size=MERGED // PATCH)
    Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(**sizes),
        tokenizer=tokens,
        video_processor=Qwen2VLVideoProcessor(**sizes),
        chat_template=tokens.chat_template,
    ).save_pretrained(folder)
    return sum(weight.numel() for weight in trainee.model.parameters())


def export(work, out, weights):
    """Replaces what is in `out`; the number of weights."""
    source, exported = work / "source", work / f"exported-{weights}"
    shutil.rmtree(source, ignore_errors=True)
    size = save_source(work, source)
    ir.export(source, exported, "image-text-to-text", weights)
    graph = GRAPH.read_text()
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(exported, out)
    (out / GRAPH.name).write_text(graph)
    return size


def facts(work, out, size):
    """What the card tells of the training; pictures and answers are of both workers."""
    state = load(work)
    return {
        "parameters": size,
        "bytes": sum(file.stat().st_size for file in out.iterdir()),
        "hours of processor time for each of two threads": round(state["seconds"] / 3600, 2),
        "steps": state["step"],
        "pictures": sum(load(work, rank)["pictures"] for rank in (0, 1)),
        "answers": sum(load(work, rank)["answers"] for rank in (0, 1)),
        "cores": os.cpu_count(),
        "processor": processor(),
        "date": time.strftime("%Y-%m-%d"),
    }


def processor():
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return found.group(1) if found else platform.machine()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True, help="folder of the checkpoint")
    arguments.add_argument("--log", type=Path, help="what training printed; kept as train/log.txt")
    arguments.add_argument("--out", type=Path, default=card.DEMO)
    arguments.add_argument("--weights", default="int8", choices=["int8", "fp32"])
    arguments.add_argument("--results", type=Path, help="file of scores that begins anew with this model; by default that of the demo model when it is shipped")
    options = arguments.parse_args()
    size = export(options.work, options.out, options.weights)
    results = options.results or (card.RESULTS if options.out.resolve() == card.DEMO else None)
    if options.weights == "int8" and results:
        training = facts(options.work, options.out, size)
        card.save(results, {"training": training, "examples": examples(options.out)})
        card.write(options.out / "README.md", results)
        if options.log:
            LOG.write_text(f"{', '.join(f'{name}: {value}' for name, value in training.items())}\n\n{options.log.read_text()}")
    print("shipped", options.out, sum(f.stat().st_size for f in options.out.iterdir()), "bytes")


if __name__ == "__main__":
    main()
