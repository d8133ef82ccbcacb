"""The world the demo model knows: coloured shapes at nine places, numbers and short words."""

import math
from dataclasses import dataclass

# Each colour name stands for all mixtures of its samples.
COLOURS = {
    "red": [(255, 0, 0), (220, 30, 30), (190, 10, 20)],
    "green": [(0, 128, 0), (0, 255, 0), (30, 160, 50), (60, 190, 90)],
    "blue": [(0, 0, 255), (40, 70, 220), (25, 100, 235), (10, 10, 170)],
    "yellow": [(255, 255, 0), (240, 220, 40), (255, 235, 60)],
    "orange": [(255, 165, 0), (245, 140, 20), (255, 120, 0)],
    "purple": [(128, 0, 128), (140, 50, 170), (150, 40, 220)],
    "black": [(0, 0, 0), (20, 20, 20), (40, 40, 40)],
    "white": [(255, 255, 255), (245, 245, 245), (235, 235, 235)],
}
DARK = ["black", "blue", "red", "purple", "green"]
SHAPES = ["circle", "square", "triangle", "star", "cross", "ring"]
MOST_THINGS = 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
MOST_LETTERS, MOST_DIGITS = 5, 3
PLACES = [
    ["at the top left", "at the top", "at the top right"],
    ["on the left", "in the centre", "on the right"],
    ["at the bottom left", "at the bottom", "at the bottom right"],
]
LEAST_CONTRAST = 180  # sum over the channels, against what lies behind
RADII = {1: (0.14, 0.42), 2: (0.12, 0.22), 3: (0.12, 0.18), 4: (0.11, 0.15), 5: (0.11, 0.14)}


@dataclass(frozen=True)
class Thing:
    """One shape. Centre in parts of width and height, radius in parts of the shorter side."""

    shape: str
    colour: str
    rgb: tuple
    x: float
    y: float
    radius: float
    turn: float

    @property
    def cell(self):
        """Which of the nine places, in reading order."""
        return int(self.y * 3) * 3 + int(self.x * 3)

    @property
    def place(self):
        return PLACES[self.cell // 3][self.cell % 3]

    def outline(self):
        """Points around the centre for a radius of 1; None where the shape is round."""
        if self.shape == "square":
            points = [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
        elif self.shape == "triangle":
            points = _around(3, lambda i: 1.0)
        elif self.shape == "star":
            points = _around(10, lambda i: 1.0 if i % 2 == 0 else 0.42)
        elif self.shape == "cross":
            a, b = 0.3, 1.0
            points = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)]
            points += [(-x, -y) for x, y in points]
        else:
            return None
        sine, cosine = math.sin(self.turn), math.cos(self.turn)
        return [(x * cosine - y * sine, x * sine + y * cosine) for x, y in points]


@dataclass(frozen=True)
class Writing:
    """A printed number, or a word in capitals. Centre and height of the capitals in parts of the picture's.

    `letters` are the letters' centres, in parts of the picture's width.
    """

    text: str
    colour: str
    rgb: tuple
    x: float
    y: float
    height: float
    letters: tuple

    @property
    def kind(self):
        return "number" if self.text[0] in DIGITS else "word"


def _around(count, reach):
    angles = [2 * math.pi * i / count for i in range(count)]
    return [(reach(i) * math.sin(a), -reach(i) * math.cos(a)) for i, a in enumerate(angles)]


def a_rgb(chance, colour):
    """Some red, for "red"."""
    samples = COLOURS[colour]
    parts = [chance.expovariate(1) for _ in samples]
    mixed = [sum(p * s[c] for p, s in zip(parts, samples)) / sum(parts) for c in range(3)]
    return tuple(min(255, max(0, round(v + chance.gauss(0, 5)))) for v in mixed)


def a_colour(chance, ground):
    """A colour that shows on `ground`, and its mixture; None where there is none."""
    mixed = [(colour, a_rgb(chance, colour)) for colour in COLOURS]
    seen = [(c, rgb) for c, rgb in mixed if sum(abs(a - b) for a, b in zip(rgb, ground)) > LEAST_CONTRAST]
    return chance.choice(seen) if seen else None


def a_dark_colour(chance, _):
    colour = chance.choice(DARK)
    return colour, a_rgb(chance, colour)


def some_things(chance, count, behind):
    """Up to `count` things at different places, no two of the same shape and colour, in reading order.

    `behind(x, y, radius)` is the mean colour of the background there: no thing is drawn on its own colour.
    """
    different = chance.random() < 0.7  # else two may share a shape or a colour
    things = []
    for cell in chance.sample(range(9), count):
        for _ in range(6):
            thing = _a_thing(chance, cell, chance.uniform(*RADII[count]), behind)
            if thing and not any(_alike(thing, other, different) or _near(thing, other) for other in things):
                things.append(thing)
                break
    return sorted(things, key=lambda thing: thing.cell)


def things_in_a_row(chance, size, top, tall, coloured):
    """Things side by side across a picture of `size`, `tall` pixels high from `top`, now and then with a gap."""
    width, height = size
    things, x = [], 0.0
    while True:
        radius = chance.uniform(0.3, 0.46) * tall
        if x + 2 * radius > width:
            return things
        centre = min(x + radius + chance.uniform(0, 0.5 * radius), width - radius)
        at = (centre / width, (top + tall / 2 + chance.uniform(-1, 1) * (tall / 2 - radius)) / height, radius / min(size))
        x = centre + 1.05 * radius
        shown = coloured(*at) if chance.random() < 0.9 else None
        if shown:
            things.append(Thing(chance.choice(SHAPES), *shown, *at, chance.uniform(-0.2, 0.2)))


def _a_thing(chance, cell, radius, behind):
    x, y = (_inside((c + 0.5) / 3 + chance.uniform(-0.08, 0.08), radius) for c in (cell % 3, cell // 3))
    coloured = a_colour(chance, behind(x, y, radius))
    return Thing(chance.choice(SHAPES), *coloured, x, y, radius, chance.uniform(-0.2, 0.2)) if coloured else None


def _alike(one, other, different):
    same = (one.shape == other.shape, one.colour == other.colour)
    return any(same) if different else all(same)


def _near(one, other):
    """Too near, or at the same of the nine places (a large thing is pushed towards the middle)."""
    return one.cell == other.cell or math.hypot(one.x - other.x, one.y - other.y) < (one.radius + other.radius) * 1.08


def some_text(chance):
    if chance.random() < 0.4:
        return "".join(chance.choices(DIGITS, k=chance.choice([1, 1, 2, 3])))
    length = chance.choice([1, 2, 3, 3, 4, 4, 5, 5])
    if chance.random() < 0.5:
        return "".join(chance.choices(LETTERS, k=length))
    vowels = chance.random() < 0.5
    return "".join(chance.choice("AEIOU" if (i % 2 == 0) == vowels else "BCDFGHJKLMNPQRSTVWXYZ") for i in range(length))


def some_letters(chance):
    """More letters, or digits, than a row has room for."""
    return "".join(chance.choices(DIGITS if chance.random() < 0.28 else LETTERS, k=16))


def _inside(value, radius):
    return min(max(value, radius + 0.01), 0.99 - radius)
