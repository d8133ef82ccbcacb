"""What an answer says, freed from how it is worded: two answers are equal when they mean the same."""

import re

from train.world import COLOURS, SHAPES

NUMBERS = ["no", "one", "two", "three", "four", "five"]
SIDES = {"left", "right", "above", "below", "top", "bottom", "centre", "center", "middle"}
AMERICAN = {"center": "centre", "middle": "centre"}


def meaning(kind, answer):
    """Something that can be compared; None where the answer says nothing to the point."""
    words = re.findall(r"[a-z]+", answer.lower())
    found = {
        "colour": lambda: _only(words, COLOURS),
        "shape": lambda: _only(words, SHAPES),
        "count": lambda: _count(answer),
        "place": lambda: _sides(words),
        "yes/no": lambda: words[0] if words and words[0] in ("yes", "no") else None,
        "digits": lambda: _one(re.findall(r"[0-9]+", answer)),
        "words": lambda: _one(re.findall(r'(?<=")[A-Za-z0-9]+(?=")', answer) or re.findall(r"\b[A-Z]{2,5}\b", answer)),
        "describe": lambda: tuple(w for w in words if w in COLOURS or w in SHAPES) or None,
    }
    return found[kind]()


def _only(words, known):
    said = {word for word in words if word in known}
    return said.pop() if len(said) == 1 else None


def _one(found):
    return found[0] if len(found) == 1 else None


def _count(answer):
    said = re.findall(r"[0-9]+|[a-z]+", answer.lower())
    numbers = {int(w) if w.isdigit() else NUMBERS.index(w) for w in said if w.isdigit() or w in NUMBERS}
    return numbers.pop() if len(numbers) == 1 else None


def _sides(words):
    """ "at the top left" is top and left; where the sides of two things are asked, the first side that is named."""
    said = [AMERICAN.get(word, word) for word in words if word in SIDES]
    if said and said[0] in ("above", "below"):
        return frozenset(said[:1])
    return frozenset(said) or None
