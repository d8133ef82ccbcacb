"""What the commands have in common: where things lie, which model is served and how."""

import os
from pathlib import Path

from harness.servers import ROOT, Model, Settings


def say(text):
    print(text, flush=True)


def home():
    """Where environments and fetched tools lie."""
    return Path(os.environ.get("GREVY_BENCH_HOME", ROOT / "bench/.home"))


def numbers(text):
    return [int(part) for part in text.split(",")]


def sizes(text):
    return [tuple(map(int, part.split("x"))) if part != "none" else (0, 0) for part in text.split(",")]


def add_common(parser, model_needed=True):
    parser.add_argument("--out", type=Path, default=ROOT / "bench/results", help="folder for JSON and plots")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count")
    if model_needed:
        parser.add_argument("--model", type=Path, default=ROOT / "models/grevy/demo", help="folder of the model")
        parser.add_argument("--name", help="its name; the folder's by default")
        parser.add_argument("--weights", type=Path, help="folder of its torch weights, for peers that serve those")
        parser.add_argument("--cache-size", type=int, default=1, help="KV cache in GB")
        parser.add_argument("--max-num-batched-tokens", type=int, default=8192, help="most tokens in one step")


def served(options):
    folder = options.model.resolve()
    if not (folder / "config.json").exists():
        raise ValueError(f"--model {options.model}: there is no config.json in it")
    return Model(options.name or folder.name, folder, options.weights and options.weights.resolve())


def settings(options):
    return Settings(cache_size=options.cache_size, max_num_batched_tokens=options.max_num_batched_tokens)


def sized(text):
    """A picture's size as WIDTHxHEIGHT, or none."""
    return sizes(text)[0]
