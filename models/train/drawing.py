"""Draws scenes: a background, the things on it, and what cameras and encoders do to a picture."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from train.world import some_things

# Public-domain (NASA) and CC0 photographs in scikit-image's package. "chelsea" is kept for tests.
PHOTOGRAPHS = ["astronaut.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg", "grass.png", "gravel.png", "brick.png"]
BACKGROUNDS = ["plain", "gradient", "noise", "photo"]


@dataclass(frozen=True)
class Scene:
    picture: Image.Image
    things: list


@cache
def photograph(name):
    import skimage

    return Image.open(Path(skimage.__file__).parent / "data" / name).convert("RGB")


def some_scene(chance, size, count, background="plain"):
    """A picture of `size` (width, height) with `count` things, or fewer where there is no contrast."""
    canvas = some_background(chance, background, size)
    things = some_things(chance, count, lambda x, y, r: _mean(canvas, x, y, r))
    draw(canvas, things)
    return Scene(canvas, things)


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
        noise = np.random.default_rng(chance.getrandbits(32))
        shape = (max(1, height // grain), max(1, width // grain), 3 if chance.random() < 0.5 else 1)
        values = np.array(_some_ground(chance)) + noise.normal(0, chance.uniform(8, 40), shape)
        return Image.fromarray(values.clip(0, 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    return crop(chance, photograph(kind if kind.endswith((".png", ".jpg")) else chance.choice(PHOTOGRAPHS)), size)


def crop(chance, photo, size):
    """A part of a photograph, at least a third of it, with the proportions of `size`; mirrored half the time."""
    share = chance.uniform(0.35, 1) * min(photo.width / size[0], photo.height / size[1])
    width, height = size[0] * share, size[1] * share
    left, top = chance.uniform(0, photo.width - width), chance.uniform(0, photo.height - height)
    part = photo.resize(size, Image.Resampling.BILINEAR, (left, top, left + width, top + height))
    if chance.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    light = chance.uniform(0.6, 1.3)
    return part.point(lambda v: min(255, v * light))


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
    if chance.random() < 0.2:
        stored = io.BytesIO()
        picture.save(stored, "JPEG", quality=chance.randint(50, 95))
        picture = Image.open(stored)
    if chance.random() < 0.4:  # cubic, looking at four pixels only, however far it scales down
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
    box = (x * width - reach, y * height - reach, x * width + reach, y * height + reach)
    box = (max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3]))
    return canvas.resize((1, 1), Image.Resampling.BOX, box).getpixel((0, 0))
