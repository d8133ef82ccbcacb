"""The world the demo model knows: coloured shapes at nine places."""

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
SHAPES = ["circle", "square", "triangle", "star"]
MORE_SHAPES = ["cross", "ring"]  # can be drawn; not taught to the end yet
PLACES = [
    ["at the top left", "at the top", "at the top right"],
    ["on the left", "in the centre", "on the right"],
    ["at the bottom left", "at the bottom", "at the bottom right"],
]
LEAST_CONTRAST = 170  # sum over the channels, against what lies behind


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
    def place(self):
        return PLACES[int(self.y * 3)][int(self.x * 3)]

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


def _around(count, reach):
    angles = [2 * math.pi * i / count for i in range(count)]
    return [(reach(i) * math.sin(a), -reach(i) * math.cos(a)) for i, a in enumerate(angles)]


def a_rgb(chance, colour):
    """Some red, for "red"."""
    samples = COLOURS[colour]
    parts = [chance.expovariate(1) for _ in samples]
    mixed = [sum(p * s[c] for p, s in zip(parts, samples)) / sum(parts) for c in range(3)]
    return tuple(min(255, max(0, round(v + chance.gauss(0, 5)))) for v in mixed)


def some_things(chance, count, behind):
    """Up to `count` things, all of different shape, colour and place.

    `behind(x, y, radius)` is the mean colour of the background there: no thing is drawn on its own colour.
    """
    cells = chance.sample([(i, j) for i in range(3) for j in range(3)], count)
    shapes, free, things = chance.sample(SHAPES, count), list(COLOURS), []
    for (row, column), shape in zip(cells, shapes):
        radius = _radius(chance, count)
        if radius > 0.24:
            row = column = 1
        x, y = (_inside((cell + 0.5) / 3 + chance.uniform(-0.06, 0.06), radius) for cell in (column, row))
        ground = behind(x, y, radius)
        colours = [(c, a_rgb(chance, c)) for c in free]
        seen = [(c, rgb) for c, rgb in colours if sum(abs(a - b) for a, b in zip(rgb, ground)) > LEAST_CONTRAST]
        if not seen:
            continue
        colour, rgb = chance.choice(seen)
        free.remove(colour)
        things.append(Thing(shape, colour, rgb, x, y, radius, chance.uniform(-0.15, 0.15)))
    return things


def _radius(chance, count):
    if count > 1:
        return chance.uniform(0.13, 0.16)
    return chance.uniform(0.25, 0.42) if chance.random() < 0.4 else chance.uniform(0.18, 0.24)


def _inside(value, radius):
    return min(max(value, radius + 0.01), 0.99 - radius)
