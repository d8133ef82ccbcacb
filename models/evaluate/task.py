"""The held-out set as lm-evaluation-harness reads it: a case is a picture and one to three questions about it."""

import json
import os
from pathlib import Path

import datasets
from meaning import meaning
from PIL import Image


def dataset(**_):
    folder = Path(os.environ["GREVY_HELD_OUT"])
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    for case in cases:
        case["picture"] = str(folder / case["picture"])
    return {"test": datasets.Dataset.from_list(cases)}


def questions(case):
    return json.dumps([turn["question"] for turn in case["turns"]])


def pictures(case):
    return [Image.open(case["picture"])]


def answers(case):
    return json.dumps([turn["answer"] for turn in case["turns"]])


def score(case, results):
    """Right when each answer means what was wanted."""
    given = json.loads(results[0])
    right = all(meaning(turn["kind"], answer) == meaning(turn["kind"], turn["answer"]) for turn, answer in zip(case["turns"], given))
    return {case["score"]: float(right)}
