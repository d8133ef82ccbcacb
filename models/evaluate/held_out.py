"""The held-out set: pictures and questions that no training saw, half of them drawn by another renderer in other fonts.

    python models/evaluate/held_out.py --out FOLDER [--number 200]      (with models on PYTHONPATH; run.sh does it)
"""

import argparse
import json
import random
from pathlib import Path

import skia_drawing
from train import drawing, questions, world
from train.drawing import Scene

SEED = "held out"
SIZES = [(112, 112), (160, 160), (224, 224), (320, 240), (448, 448), (448, 448), (480, 640), (640, 480)]
GROUNDS = ["plain", "plain", "gradient", "noise", "photo", "chelsea.png"]
WORDS = (
    "APPLE BREAD CHAIR DANCE EAGLE FLAME GRAPE HORSE IVORY JUICE KNIFE LEMON MUSIC NIGHT OCEAN PIANO QUEEN RIVER SUGAR TABLE "
    "UNCLE VOICE WATER XENON YOUTH ZEBRA BIRD COLD DUST EXIT FROG GOLD HAND IRON JUMP KING LION MOON NEST OPEN PARK QUIT ROAD "
    "SHIP TREE UNIT VOTE WIND YARD ZERO ANT BOX CAT DOG EGG FUN GAS HAT ICE JOB KEY LEG MAP NUT OWL PEN RED SUN TOY VAN WEB "
    "YES ZOO AM BE DO GO HI IN ME NO OK UP WE"
).split()
# Kinds that are scored, and the questions of the training's that ask for them.
MAKERS = {
    "colour": [questions.ask_colour],
    "shape": [questions.ask_shape],
    "count": [questions.ask_count],
    "place": [questions.ask_where, questions.ask_where, questions.ask_side],
    "yes/no": [questions.ask_exists, questions.ask_exists, questions.ask_is_it, questions.ask_side],
}
TURN_KINDS = {"colour": "colour", "shape": "shape", "count": "count", "where": "place", "exists": "yes/no", "is it": "yes/no", "describe": "describe", "side": "place", "yes side": "yes/no"}
PLAIN = {"one word", "json"}  # other forms of an answer; not scored here


def a_scene(chance, count, size):
    """With exactly `count` things."""
    while True:
        canvas = drawing.some_background(chance, chance.choice(GROUNDS), size)
        things = world.some_things(chance, count, lambda x, y, r: drawing._mean(canvas, x, y, r))
        if len(things) == count:
            pen = drawing.draw if chance.random() < 0.5 else skia_drawing.draw
            pen(canvas, things)
            return Scene(canvas, things)


def a_print(chance, text, size):
    while True:
        canvas = drawing.some_background(chance, chance.choice(GROUNDS), size)
        if chance.random() < 0.5:
            writing = drawing.write(chance, canvas, text, drawing.Plain(chance.choice(drawing.font_files())))
        else:
            writing = skia_drawing.write(chance, canvas, text)
        if writing:
            return Scene(canvas, [], writing)


def shape_questions(kind, number):
    """One question a picture; as many no's as yes's."""
    chance, made, wanted = random.Random(f"{SEED} {kind}"), 0, "yes"
    while made < number:
        scene = a_scene(chance, 1 + made % 3, chance.choice(SIZES))
        for _ in range(20):
            turn = chance.choice(MAKERS[kind])(chance, scene, chance.choice(scene.things))
            if turn and TURN_KINDS.get(turn.kind) == kind and (kind != "yes/no" or turn.answer.lower().startswith(wanted)):
                yield [(kind, turn)], scene
                made, wanted = made + 1, "no" if wanted == "yes" else "yes"
                break


def printed_questions(kind, number):
    chance = random.Random(f"{SEED} {kind}")
    for i in range(number):
        text = WORDS[i % len(WORDS)] if kind == "words" else "".join(chance.choices("0123456789", k=1 + i % 3))
        scene = a_print(chance, text, chance.choice(SIZES))
        while True:
            turn = questions.ask_text(chance, scene, None)
            if turn.kind == scene.writing.kind:
                break
        yield [(kind, turn)], scene


def conversations(number):
    chance, made = random.Random(f"{SEED} conversations"), 0
    while made < number:
        scene = a_scene(chance, 1 + made % 3, chance.choice(SIZES))
        turns = questions.about(chance, scene, 3)
        if len(turns) == 3 and all(turn.kind in TURN_KINDS for turn in turns):
            yield [(TURN_KINDS[turn.kind], turn) for turn in turns], scene
            made += 1


def all_cases(number):
    for kind in MAKERS:
        yield from ((kind, *case) for case in shape_questions(kind, number))
    for kind in ("digits", "words"):
        yield from ((kind, *case) for case in printed_questions(kind, number))
    yield from (("three turns", *case) for case in conversations(number // 2))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--number", type=int, default=200, help="questions of each kind; half as many conversations")
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with open(options.out / "cases.jsonl", "w") as file:
        for i, (score, turns, scene) in enumerate(all_cases(options.number)):
            picture = f"{i:04}.png"
            scene.picture.save(options.out / picture)
            asked = [{"kind": kind, "question": turn.question, "answer": turn.answer} for kind, turn in turns]
            file.write(json.dumps({"score": score, "picture": picture, "turns": asked}) + "\n")


if __name__ == "__main__":
    main()
