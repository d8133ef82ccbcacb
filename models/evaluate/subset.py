"""The part of the held-out set that Grevy's own tests ask about, small enough to be kept in the repository.

    python models/evaluate/subset.py pictures                     draws the pictures and questions anew
    python models/evaluate/subset.py bounds --engine FOLDER       sets the bounds that the tests hold, by what this model says
                                                                  (with models on PYTHONPATH)
"""

import argparse
import io
import json
import math
from pathlib import Path

SUBSET = Path(__file__).parent / "subset"
NUMBER = 200  # of the held-out set's questions of each kind, from which these are
LARGEST, MOST_BYTES = 224, 8000  # sides of a picture, and bytes of it
TAKEN = {"colour": 20, "three turns": 8}
OTHERS = 12  # of each other kind
MARGIN = 0.1  # of all questions of a kind, that a processor of another precision may answer otherwise
JPEG = dict(quality=88, subsampling=0)


def stored(picture):
    """As PNG or JPEG, whichever is smaller, and its name's ending."""
    files = []
    for form, ending, how in (("PNG", "png", {"optimize": True}), ("JPEG", "jpg", JPEG)):
        file = io.BytesIO()
        picture.save(file, form, **how)
        files.append((file.getvalue(), ending))
    return min(files, key=lambda made: len(made[0]))


def pictures():
    import held_out

    left = {score: TAKEN.get(score, OTHERS) for score in [*held_out.MAKERS, "digits", "words", "three turns"]}
    lines = []
    for old in SUBSET.glob("*.*g"):
        old.unlink()
    SUBSET.mkdir(exist_ok=True)
    for i, (score, turns, scene) in enumerate(held_out.all_cases(NUMBER)):
        if not left[score] or max(scene.picture.size) > LARGEST:
            continue
        file, ending = stored(scene.picture)
        if len(file) > MOST_BYTES:
            continue
        left[score] -= 1
        (SUBSET / f"{i:04}.{ending}").write_bytes(file)
        asked = [{"kind": kind, "question": turn.question, "answer": turn.answer} for kind, turn in turns]
        lines.append(json.dumps({"score": score, "picture": f"{i:04}.{ending}", "turns": asked}) + "\n")
    (SUBSET / "cases.jsonl").write_text("".join(lines))
    print(len(lines), "cases,", sum(path.stat().st_size for path in SUBSET.iterdir()), "bytes")


def bounds(engine):
    """Of each kind, how many must be right: as many as this model answers rightly in f32 and by default, less a margin."""
    from meaning import meaning
    from PIL import Image

    from train.answering import Answering

    cases = [json.loads(line) for line in (SUBSET / "cases.jsonl").read_text().splitlines()]
    asked, fewest = {}, {}
    for exact in (False, True):
        model, right = Answering(engine, exact), {}
        for case in cases:
            turns = []
            for turn in case["turns"]:
                turns.append(turn["question"])
                turns.append(model.answer(turns, [Image.open(SUBSET / case["picture"])]))
            good = all(meaning(turn["kind"], said) == meaning(turn["kind"], turn["answer"]) for turn, said in zip(case["turns"], turns[1::2]))
            right[case["score"]] = right.get(case["score"], 0) + good
            asked[case["score"]] = asked.get(case["score"], 0) + (not exact)
        fewest = {score: min(count, fewest.get(score, count)) for score, count in right.items()}
        print("in f32" if exact else "by default", right)
    found = {score: max(0, count - math.ceil(MARGIN * asked[score])) for score, count in fewest.items()}
    (SUBSET / "bounds.json").write_text(json.dumps(found, indent=1) + "\n")
    print("at least", found, "of", asked)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=["pictures", "bounds"])
    arguments.add_argument("--engine", help="folder of the model")
    options = arguments.parse_args()
    if options.what == "bounds" and not options.engine:
        arguments.error("bounds needs --engine FOLDER")
    pictures() if options.what == "pictures" else bounds(options.engine)


if __name__ == "__main__":
    main()
