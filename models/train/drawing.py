"""Draws scenes: a background, the things or the writing on it, and what cameras and encoders do to a picture."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from train.world import Writing, a_colour, a_dark_colour, some_letters, some_text, some_things, things_in_a_row

# Public-domain (NASA) and CC0 photographs in scikit-image's package. "chelsea" is kept for tests.
PHOTOGRAPHS = ["astronaut.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg", "grass.png", "gravel.png", "brick.png"]
BACKGROUNDS = ["plain", "gradient", "noise", "photo"]
# DejaVu comes with matplotlib, Roboto and Source with packages of their own; tests use other fonts.
FONTS = [
    "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf",
    "Roboto-Regular", "Roboto-Bold", "Roboto-Medium", "SourceSansPro-Regular", "SourceSansPro-Bold", "SourceSerifPro-Bold",
]
SPACES = [0, 0, 0.05, 0.15]  # between letters, in parts of the font's size


@dataclass(frozen=True)
class Scene:
    picture: Image.Image
    things: list
    writing: Writing | None = None
    more: tuple | None = None  # further writings, of a picture of which nothing is asked


@cache
def photograph(name):
    import skimage

    return Image.open(Path(skimage.__file__).parent / "data" / name).convert("RGB")


@cache
def photographs(name):
    """The photograph, and smaller ones of it, largest first: what is cut from them is soon scaled."""
    whole = photograph(name)
    return [whole] + [whole.reduce(times) for times in (2, 3)]


@cache
def noise():
    return np.random.default_rng(0).normal(0, 1, (512, 512, 3)).astype(np.float32)


@cache
def font_files():
    return files(FONTS)


def files(names):
    """The fonts' files, in that order."""
    import font_roboto
    import font_source_sans_pro
    import font_source_serif_pro
    import matplotlib

    folder = Path(matplotlib.__file__).parent / "mpl-data/fonts/ttf"
    found = {name: str(folder / name) for name in names if name.endswith(".ttf")}
    for package in (font_roboto, font_source_sans_pro, font_source_serif_pro):
        found |= {name: path for path in vars(package).values() if isinstance(path, str) for name in names if Path(path).stem == name}
    return [found[name] for name in names]


@cache
def font(file, size):
    return ImageFont.truetype(file, size)


@cache
def rise(file):
    return -font(file, 100).getbbox("H", anchor="ls")[1] / 100


@dataclass(frozen=True)
class Plain:
    """A font's letters as they are."""

    file: str

    @property
    def rise(self):
        """Height of capitals, in parts of the font's size."""
        return rise(self.file)

    def advance(self, letter):
        """In parts of the font's size."""
        return font(self.file, 100).getlength(letter) / 100

    def print(self, canvas, at, letter, pixels, colour):
        """Prints a letter whose foot has its middle there."""
        ImageDraw.Draw(canvas).text(at, letter, font=font(self.file, pixels), fill=colour, anchor="ms")


def some_scene(chance, canvas, count):
    """The canvas with `count` things, or fewer where there is no room or contrast."""
    things = some_things(chance, count, lambda x, y, r: _mean(canvas, x, y, r))
    draw(canvas, things)
    return Scene(canvas, things)


def some_print(chance, canvas, face):
    """The canvas with a number or a word; without where there is no contrast."""
    return Scene(canvas, [], write(chance, canvas, some_text(chance), face))


def some_soup(chance, canvas, some_face, least=0.0):
    """Rows full of letters or of shapes, for the eyes to learn from: many more than anybody asks about.

    `least`: pixels from one letter's centre to the next one's.
    """
    return _soup(chance, canvas, some_face, chance.choice([2, 3, 3, 4, 4, 5]), least, a_colour)


def some_plain_soup(chance, size, some_face, least=0.0):
    """The same in dark colours on white: what letters and shapes are is seen there first."""
    return _soup(chance, Image.new("RGB", size, (255, 255, 255)), some_face, 3, least, a_dark_colour)


def _soup(chance, canvas, some_face, rows, least, coloured):
    tall = canvas.height / rows
    things, writings = [], []
    for row in range(rows):
        if chance.random() < 0.65:
            writings.append(_write_row(chance, canvas, some_face(chance), row * tall, tall, least, coloured))
        else:
            things += things_in_a_row(chance, canvas.size, row * tall, tall, lambda x, y, r: coloured(chance, _mean(canvas, x, y, r)))
    draw(canvas, things)
    return Scene(canvas, things, None, tuple(writing for writing in writings if writing))


def _write_row(chance, canvas, face, top, tall, least, coloured):
    """Letters or digits until the row is nearly full; None where no colour shows."""
    width = canvas.width
    space, room = chance.choice(SPACES), chance.uniform(0.7, 0.98) * width
    pixels = max(5, int(chance.uniform(0.5, 0.85) * tall / face.rise))
    text, letters, x = "", [], 0.0
    for letter in some_letters(chance):
        step = max(least, (face.advance(letter) + space) * pixels)
        if x + step > room:
            break
        text, letters, x = text + letter, [*letters, x + step / 2], x + step
    left = chance.uniform(0.01 * width, 0.99 * width - x)
    foot = top + chance.uniform(0.03 * tall + face.rise * pixels, 0.97 * tall)
    return _print(chance, canvas, text, face, pixels, (left, foot), letters, x, coloured)


def write(chance, canvas, text, face):
    """Prints `text` somewhere on the canvas; what was printed, or None where no colour shows."""
    width, height = canvas.size
    wanted = chance.uniform(max(0.15, 0.11 * len(text)), 0.9) * width
    space = chance.choice(SPACES)
    steps = [face.advance(letter) + space for letter in text]
    pixels = max(5, int(min(wanted / sum(steps), chance.uniform(0.45, 0.7) * height / face.rise)))
    letters, x = [], 0.0
    for step in steps:
        letters.append((x + step / 2) * pixels)
        x += step
    wide, high = x * pixels, face.rise * pixels
    left = chance.uniform(0.02 * width, max(0.02 * width, 0.98 * width - wide))
    foot = chance.uniform(0.04 * height + high, max(0.04 * height + high, 0.96 * height))
    return _print(chance, canvas, text, face, pixels, (left, foot), letters, wide, a_colour)


def _print(chance, canvas, text, face, pixels, corner, letters, wide, coloured):
    """`text` from its lower left corner; `letters` are its letters' centres from there."""
    (left, foot), high = corner, face.rise * pixels
    colour = text and coloured(chance, _mean_box(canvas, (left, foot - high, left + wide, foot)))
    if not colour:
        return None
    for letter, centre in zip(text, letters):
        face.print(canvas, (left + centre, foot), letter, pixels, colour[1])
    width, height = canvas.size
    centres = tuple((left + centre) / width for centre in letters)
    return Writing(text, *colour, (left + wide / 2) / width, (foot - high / 2) / height, high / height, centres)


def some_background(chance, kind, size):
    width, height = size
    if kind == "plain":
        return Image.new("RGB", size, _some_ground(chance))
    if kind == "gradient":
        ends = Image.new("RGB", (2, 2))
        one, other = _some_ground(chance), _some_ground(chance)
        ends.putdata([one, other, one, other] if chance.random() < 0.5 else [one, one, other, other])
        return ends.resize(size, Image.Resampling.BICUBIC)
    if kind == "noise":
        grain = chance.choice([1, 1, 2, 4, 8])
        rows, columns = max(1, height // grain), max(1, width // grain)
        top, left = chance.randrange(max(1, 512 - rows)), chance.randrange(max(1, 512 - columns))
        some = noise()[top : top + rows, left : left + columns, : 3 if chance.random() < 0.5 else 1]
        values = np.array(_some_ground(chance), np.float32) + chance.uniform(8, 40) * some
        return Image.fromarray(values.clip(0, 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    return crop(chance, kind if kind.endswith((".png", ".jpg")) else chance.choice(PHOTOGRAPHS), size)


def crop(chance, name, size):
    """A part of a photograph, at least a third of it, with the proportions of `size`; mirrored half the time."""
    whole = photograph(name)
    share = chance.uniform(0.35, 1) * min(whole.width / size[0], whole.height / size[1])
    photo = [p for p in photographs(name) if p is whole or share * p.width / whole.width > 0.8][-1]
    share *= min(photo.width / whole.width, photo.height / whole.height)
    width, height = size[0] * share, size[1] * share
    left, top = chance.uniform(0, photo.width - width), chance.uniform(0, photo.height - height)
    part = photo.resize(size, Image.Resampling.BILINEAR, (left, top, left + width, top + height))
    if chance.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    light = chance.uniform(0.6, 1.3)
    return part.point([min(255, int(v * light)) for v in range(256)] * 3)


def draw(canvas, things):
    width, height = canvas.size
    pen, side = ImageDraw.Draw(canvas), min(width, height)
    for thing in things:
        x, y, radius = thing.x * width, thing.y * height, thing.radius * side
        box = [x - radius, y - radius, x + radius, y + radius]
        if thing.shape == "circle":
            pen.ellipse(box, fill=thing.rgb)
        elif thing.shape == "ring":
            pen.ellipse(box, outline=thing.rgb, width=max(2, round(radius * 0.35)))
        else:
            pen.polygon([(x + radius * u, y + radius * v) for u, v in thing.outline()], fill=thing.rgb)


def as_seen(chance, picture, size):
    """Scaled to what the model reads, in one of the ways that readers use, now and then through JPEG."""
    if chance.random() < 0.15:
        stored = io.BytesIO()
        picture.save(stored, "JPEG", quality=chance.randint(50, 95))
        picture = Image.open(stored)
    if chance.random() < 0.5:  # cubic, looking at four pixels only, however far it scales down
        wide, high = picture.width / size[0], picture.height / size[1]
        return picture.transform(size, Image.Transform.AFFINE, (wide, 0, 0, 0, high, 0), Image.Resampling.BICUBIC)
    return picture.resize(size, chance.choice([Image.Resampling.BILINEAR, Image.Resampling.BICUBIC]))


def _some_ground(chance):
    kind = chance.random()
    if kind < 0.2:
        return (255, 255, 255)
    if kind < 0.35:
        level = chance.choice([chance.randint(0, 40), chance.randint(60, 200), chance.randint(220, 255)])
        return (level, level, level)
    return tuple(chance.randint(0, 255) for _ in range(3))


def _mean(canvas, x, y, radius):
    width, height = canvas.size
    reach = radius * min(width, height)
    return _mean_box(canvas, (x * width - reach, y * height - reach, x * width + reach, y * height + reach))


def _mean_box(canvas, box):
    box = (max(0, box[0]), max(0, box[1]), min(canvas.width, box[2]), min(canvas.height, box[3]))
    return canvas.resize((1, 1), Image.Resampling.BOX, box).getpixel((0, 0))
