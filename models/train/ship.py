"""Exports the averaged weights of a checkpoint, int8, to the demo model's folder.

    python -m train.ship --work FOLDER [--out FOLDER] [--weights fp32]      (run in models/)
"""

import argparse
import shutil
from pathlib import Path

from transformers import Qwen2VLImageProcessor, Qwen2VLProcessor, Qwen2VLVideoProcessor

from export import ir
from train.curriculum import LARGEST, SMALLEST
from train.model import MERGED, PATCH, Trainee, build
from train.run import load, tokenizer

DEMO = Path(__file__).parent.parent / "grevy" / "demo"
WRITTEN_BY_HAND = {"README.md", "graph.pbtxt"}


def save_source(work, folder):
    """The checkpoint as a folder that the transformers library loads."""
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


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True, help="folder of the checkpoint")
    arguments.add_argument("--out", type=Path, default=DEMO)
    arguments.add_argument("--weights", default="int8", choices=["int8", "fp32"])
    options = arguments.parse_args()
    source, exported = options.work / "source", options.work / f"exported-{options.weights}"
    shutil.rmtree(source, ignore_errors=True)
    save_source(options.work, source)
    ir.export(source, exported, "image-text-to-text", options.weights)
    options.out.mkdir(parents=True, exist_ok=True)
    for old in options.out.iterdir():
        if old.name not in WRITTEN_BY_HAND:
            old.unlink()
    shutil.copytree(exported, options.out, dirs_exist_ok=True)
    print("shipped", options.out, sum(f.stat().st_size for f in options.out.iterdir()), "bytes")


if __name__ == "__main__":
    main()
