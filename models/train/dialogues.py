"""Puts questions and pictures together: many dialogues about one picture, with and without a system message."""

import re
import sys
from dataclasses import dataclass, field, replace

from train import questions
from train.questions import Turn, about, seen, with_pictures, without_picture, worded
from train.spoken import of_picture

SYSTEMS = [
    "You are a helpful assistant.",
    "You are a helpful assistant that answers questions about pictures.",
    "Answer briefly.",
    "Answer in one short sentence.",
    "Be concise and precise.",
    "You are Grevy's demo model.",
    "You are a friendly AI. Be polite and do not make things up.",
    "Describe what you see. Never guess.",
    "Today is Monday. You work for a software company. Answer the user's questions.",
]
FIRST = ["What is in the first picture?", "Describe the first image.", "What does the first picture show?", "What is in image 1?"]
SECOND = ["What is in the second picture?", "Describe the second image.", "What does the second picture show?", "What is in image 2?"]
BOTH = ["What is in the pictures?", "Describe both images.", "What do the two pictures show?", "Compare the pictures.", "Describe the images."]
AND_NOW = ["And this one?", "What is in this picture?", "And here?", "What do you see now?", "Describe this one."]


@dataclass(frozen=True)
class Dialogue:
    turns: list
    system: str | None = None


@dataclass(frozen=True)
class Row:
    """What is learnt in one go: dialogues that begin with the same pictures, or a single one of any kind."""

    dialogues: list
    scenes: list = field(default_factory=list)  # numbers of the pictures, in the order of the text
    system: str | None = None
    shared: bool = True  # whether the pictures come first, before all that the dialogues say


def many(chance, number, scene, size, comparing=False):
    """About `size` questions about picture `number`."""
    dialogues, asked = [], 0
    while asked < size:
        dialogues.append(Dialogue(_with_talk(chance, about(chance, scene, chance.choice([1, 1, 1, 2, 3]), comparing))))
        asked += len(dialogues[-1].turns)
    return Row(dialogues, [number], _system(chance))


def text_first(chance, number, scene):
    turns = _with_talk(chance, about(chance, scene, chance.choice([1, 1, 2])))
    before = [without_picture(chance)] if chance.random() < 0.2 else []
    before = [turn for turn in before if turn.kind in ("self", "unknown", "blind")]
    first = with_pictures(turns[0], (0,), bool(before) and chance.random() < 0.6)
    return Row([Dialogue([*before, first, *turns[1:]], _system(chance))], [number], shared=False)


def two_pictures(chance, numbers, scenes):
    """Both at once, or one after the other."""
    one, other = (of_picture(i, seen(scene)) for i, scene in enumerate(scenes))
    if chance.random() < 0.3:
        turns = about(chance, scenes[0], 1) + about(chance, scenes[1], 1)
        if turns[1].kind == "describe" and chance.random() < 0.6:
            turns[1] = Turn("describe", worded(chance, AND_NOW), turns[1].marked)
        turns = [with_pictures(turn, (i,), chance.random() < 0.6) for i, turn in enumerate(turns)]
        turns = [replace(turn, marked=of_picture(i, turn.marked)) for i, turn in enumerate(turns)]
        return Row([Dialogue(turns, _system(chance))], list(numbers), shared=False)
    asked = [
        Turn("first", worded(chance, FIRST), f"I see {one}."),
        Turn("second", worded(chance, SECOND), f"I see {other}."),
        Turn("both", worded(chance, BOTH), f"The first picture shows {one}, the second {other}."),
    ]
    if chance.random() < 0.6:
        return Row([Dialogue([turn]) for turn in asked], list(numbers), _system(chance))
    turns = [with_pictures(chance.choice(asked), (0, 1), False)]
    return Row([Dialogue(turns, _system(chance))], list(numbers), shared=False)


def plain_talk(chance):
    turns = [without_picture(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    return Row([Dialogue(turns, _system(chance))], shared=False)


def _with_talk(chance, turns):
    if chance.random() < 0.03:
        after = without_picture(chance)
        return [*turns, after] if after.kind in ("self", "unknown") else turns
    return turns


def _system(chance):
    return chance.choice([None, None, None, SYSTEMS[0], chance.choice(SYSTEMS)])


def sentences(rows):
    """What the tokenizer learns from: every form there is, and what was said.

    Nothing printed, no words in capitals and no digits: what is read stays one token for each letter.
    """
    for text in _texts(rows):
        yield re.sub("[A-Z]{2,}|[0-9]", "", text)


def _texts(rows):
    for module in (questions, sys.modules[__name__]):
        for forms in vars(module).values():
            if isinstance(forms, list):
                yield from map(str, forms)
    for row in rows:
        for dialogue in row.dialogues:
            for turn in dialogue.turns:
                yield from ("user\n" + turn.question, "assistant\n" + turn.answer)
