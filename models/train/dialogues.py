"""Puts questions and pictures together to dialogues: with and without a system message, one to three turns."""

import sys
from dataclasses import replace

from train import questions
from train.questions import SYSTEMS, Dialogue, Turn, about, seen, without_picture, worded

FIRST = ["What is in the first picture?", "Describe the first image.", "What does the first picture show?", "What is in image 1?"]
SECOND = ["What is in the second picture?", "Describe the second image.", "What does the second picture show?", "What is in image 2?"]
BOTH = ["What is in the pictures?", "Describe both images.", "What do the two pictures show?", "Compare the pictures.", "Describe the images."]
AND_NOW = ["And this one?", "What is in this picture?", "And here?", "What do you see now?", "Describe this one."]


def one_picture(chance, scene):
    turns = about(chance, scene.things, chance.choice([1, 1, 2, 3]))
    first = replace(turns[0], pictures=(0,), picture_first=chance.random() < 0.7)
    before = [without_picture(chance)] if chance.random() < 0.08 else []
    before = [t for t in before if t.kind in ("self", "unknown", "blind")]
    after = [without_picture(chance)] if chance.random() < 0.05 else []
    after = [t for t in after if t.kind in ("self", "unknown")]
    return Dialogue(before + [first, *turns[1:]] + after, _system(chance), [scene])


def two_pictures(chance, scenes):
    """Both at once, or one after the other."""
    first, second = (seen(scene.things) for scene in scenes)
    if chance.random() < 0.3:
        turns = about(chance, scenes[0].things, 1) + about(chance, scenes[1].things, 1)
        if turns[1].kind == "describe" and chance.random() < 0.5:
            turns[1] = Turn("describe", worded(chance, AND_NOW), turns[1].answer)
        turns = [replace(turn, pictures=(number,)) for number, turn in enumerate(turns)]
    else:
        asked = [
            Turn("first", worded(chance, FIRST), f"I see {first}."),
            Turn("second", worded(chance, SECOND), f"I see {second}."),
            Turn("both", worded(chance, BOTH), f"The first picture shows {first}, the second {second}."),
        ]
        if chance.random() < 0.3:
            turns = [asked[2]]
        else:
            turns = chance.sample(asked[:2], chance.choice([1, 2]))
        turns[0] = replace(turns[0], pictures=(0, 1), picture_first=chance.random() < 0.7)
    return Dialogue(turns, _system(chance), scenes)


def plain_talk(chance):
    turns = [without_picture(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    return Dialogue(turns, _system(chance))


def _system(chance):
    return chance.choice([None, None, None, SYSTEMS[0], chance.choice(SYSTEMS)])


def sentences(dialogues):
    """What the tokenizer learns from: every form there is, and what was said."""
    for module in (questions, sys.modules[__name__]):
        for forms in vars(module).values():
            if isinstance(forms, list):
                yield from map(str, forms)
    for dialogue in dialogues:
        for turn in dialogue.turns:
            yield from ("user\n" + turn.question, "assistant\n" + turn.answer)
