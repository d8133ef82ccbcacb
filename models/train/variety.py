"""Photographs and print of which no two are the same, so that training does not learn the few that there are by heart."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from train import drawing

# Of scikit-image's package, in the public domain or CC0; besides those that the held-out set has too.
PHOTOGRAPHS = [*drawing.PHOTOGRAPHS, "camera.png", "coins.png", "clock_motion.png", "moon.png", "retina.jpg"]
FONTS = [
    *drawing.FONTS, "DejaVuSans-Oblique.ttf", "DejaVuSerif-Italic.ttf", "STIXGeneral.ttf", "STIXGeneralBol.ttf", "cmr10.ttf", "cmss10.ttf", "cmb10.ttf", "cmtt10.ttf",
    "Roboto-Light", "Roboto-Black", "Roboto-Italic", "SourceSansPro-Light", "SourceSansPro-Semibold", "SourceSansPro-Black", "SourceSansPro-It", "SourceSerifPro-Regular",
]
PENS = ["futural", "futural", "rowmans", "timesr"]
LEAST_TEXTURE = 9  # of a piece: deviation of its brightness; what is flatter could be a shape


@dataclass(frozen=True)
class Face:
    """A font's letters made wider, slanted and fatter: `stretch`, `slant` and `stroke` in parts of the font's size."""

    file: str
    stretch: float = 1.0
    slant: float = 0.0
    stroke: float = 0.0

    @property
    def rise(self):
        """Height of capitals, in parts of the font's size."""
        return drawing.rise(self.file) + 2 * self.stroke

    def advance(self, letter):
        """In parts of the font's size."""
        return drawing.font(self.file, 100).getlength(letter) / 100 * self.stretch + 2 * self.stroke

    def print(self, canvas, at, letter, pixels, colour):
        """Prints a letter whose foot has its middle there."""
        font, stroke = drawing.font(self.file, pixels), round(self.stroke * pixels)
        left, top, right, foot = font.getbbox(letter, anchor="ms", stroke_width=stroke)
        reach = math.ceil(max(-left, right) * self.stretch + abs(self.slant) * max(-top, foot)) + 2
        mask = Image.new("L", (2 * reach, foot - top + 4))
        ImageDraw.Draw(mask).text((reach, 2 - top), letter, font=font, fill=255, anchor="ms", stroke_width=stroke)
        if self.stretch != 1 or self.slant:
            back = (1 / self.stretch, self.slant, reach - reach / self.stretch - self.slant * (2 - top), 0, 1, 0)
            mask = mask.transform(mask.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
        canvas.paste(colour, (round(at[0] - reach), round(at[1] + top - 2)), mask)


@dataclass(frozen=True)
class Pen:
    """Letters of lines, as plotters draw them (A. V. Hershey's), by a round pen: in other forms than printers' fonts have."""

    name: str
    stretch: float
    slant: float
    thick: float  # in parts of the height of capitals

    rise = 1.0

    def advance(self, letter):
        """In parts of the height of capitals."""
        lines = _lines(self.name, letter)
        return max(x for line in lines for x, _ in line) * self.stretch + self.thick + 0.12

    def print(self, canvas, at, letter, pixels, colour):
        """Prints a letter whose foot has its middle there."""
        lines, wide = _lines(self.name, letter), max(1, round(self.thick * pixels))
        scale, inset = 1 - self.thick, self.thick / 2
        half = max(x for line in lines for x, _ in line) / 2
        pen = ImageDraw.Draw(canvas)
        for line in lines:
            points = [
                (at[0] + pixels * ((x - half) * self.stretch + self.slant * (y - 0.5)), at[1] - pixels * (inset + y * scale)) for x, y in line
            ]
            pen.line(points, fill=colour, width=wide, joint="curve")
            for x, y in points if wide > 2 else ():
                pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=colour)


@cache
def _lines(name, letter):
    """From its left edge and its foot, in parts of the height of capitals."""
    from HersheyFonts import HersheyFonts

    found = HersheyFonts()
    found.load_default_font(name)
    low, high = (pick(y for line in found.strokes_for_text("H") for _, y in line) for pick in (min, max))
    lines = [[*line] for line in found.strokes_for_text(letter)]
    left = min(x for line in lines for x, _ in line)
    return [[((x - left) / (high - low), (high - y) / (high - low)) for x, y in line] for line in lines]


@cache
def _files():
    return drawing.files(FONTS)


def some_face(chance):
    if chance.random() < 0.2:
        thick = chance.uniform(0.05, 0.11) if chance.random() < 0.5 else chance.uniform(0.11, 0.22)
        return Pen(chance.choice(PENS), chance.uniform(0.8, 1.2), chance.uniform(-0.05, 0.2) if chance.random() < 0.2 else 0.0, thick)
    file = chance.choice(_files())
    if chance.random() < 0.35:
        return drawing.Plain(file)
    stroke = chance.uniform(0, 0.045) if chance.random() < 0.5 else 0.0
    slant = chance.uniform(-0.1, 0.2) if chance.random() < 0.25 else 0.0
    return Face(file, chance.uniform(0.8, 1.25), slant, stroke)


def some_photograph(chance, size):
    """A photograph in other colours, turned, full of soft pieces of others: things that are none of the shapes."""
    canvas = _part(chance, size)
    if chance.random() < 0.6:
        for _ in range(chance.choice([1, 2, 2, 3, 4, 6])):
            _paste(chance, canvas)
    return canvas


def _part(chance, size):
    turns = chance.choice([0, 0, 0, 1, 2, 3])
    part = drawing.crop(chance, chance.choice(PHOTOGRAPHS), size[::-1] if turns % 2 else size)
    if turns:
        part = part.transpose((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[turns - 1])
    if chance.random() < 0.5:
        bands = list(part.split())
        chance.shuffle(bands)
        part = Image.merge("RGB", bands)
    if chance.random() < 0.4:
        lights = [chance.uniform(0.5, 1.4) for _ in range(3)]
        part = part.point([min(255, int(v * light)) for light in lights for v in range(256)])
    return part


def _paste(chance, canvas):
    """A piece with a soft edge; half of them have a darker or lighter one within, as eyes and wheels do."""
    side = min(canvas.size)
    wide, high = (max(8, int(chance.uniform(0.08, 0.45) * side)) for _ in range(2))
    if chance.random() < 0.6:
        high = min(high, max(8, int(wide * chance.uniform(0.8, 1.25))))
    piece = _part(chance, (wide, high))
    if chance.random() < 0.5:
        inner = Image.new("L", piece.size)
        u, v = chance.uniform(0.15, 0.35), chance.uniform(0.15, 0.35)
        ImageDraw.Draw(inner).ellipse((wide * u, high * v, wide * (1 - u), high * (1 - v)), fill=chance.randint(120, 255))
        light = chance.choice([0.1, 0.25, 1.8])
        piece.paste(piece.point([min(255, int(v * light)) for v in range(256)] * 3), (0, 0), inner.filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 2))))
    if np.asarray(piece.convert("L")).std() < LEAST_TEXTURE:
        return
    mask = Image.new("L", piece.size)
    pen, soft = ImageDraw.Draw(mask), max(1.0, chance.uniform(0.01, 0.03) * side)
    box = (2 * soft, 2 * soft, wide - 2 * soft, high - 2 * soft)
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    if chance.random() < 0.7:
        pen.ellipse(box, fill=255)
    else:
        pen.polygon([(chance.uniform(box[0], box[2]), chance.uniform(box[1], box[3])) for _ in range(chance.randint(3, 6))], fill=255)
    canvas.paste(piece, (chance.randint(-wide // 4, canvas.width - 3 * wide // 4), chance.randint(-high // 4, canvas.height - 3 * high // 4)), mask.filter(ImageFilter.GaussianBlur(soft)))
