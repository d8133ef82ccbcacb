"""The same things as `train.drawing` draws, by Skia: smooth edges, other roundings, other fonts (all SIL OFL)."""

import numpy as np
import skia
from PIL import Image

from train.world import Writing, a_colour

FONTS = {
    "font_manrope": ["Manrope-Bold", "Manrope-Medium"],
    "font_hanken_grotesk": ["HankenGrotesk-Bold", "HankenGrotesk-Medium"],
    "font_fredoka_one": ["FredokaOne-Regular"],
}


def font_files():
    paths = [path for package in FONTS for path in vars(__import__(package)).values() if isinstance(path, str)]
    return sorted(p for p in paths for names in FONTS.values() for name in names if p.endswith((f"/{name}.ttf", f"/{name}.otf")))


def draw(canvas, things):
    with Sheet(canvas) as sheet:
        for thing in things:
            _draw(sheet, thing, *canvas.size)


def _draw(sheet, thing, width, height):
    paint = skia.Paint(Color=skia.Color(*thing.rgb), AntiAlias=True)
    side = min(width, height)
    x, y, radius = thing.x * width, thing.y * height, thing.radius * side
    if thing.shape == "circle":
        sheet.drawCircle(x, y, radius, paint)
    elif thing.shape == "ring":
        stroke = radius * 0.35
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(stroke)
        sheet.drawCircle(x, y, radius - stroke / 2, paint)
    else:
        path = skia.Path()
        path.addPoly([skia.Point(x + radius * u, y + radius * v) for u, v in thing.outline()], True)
        sheet.drawPath(path, paint)


def write(chance, canvas, text):
    """As `train.drawing.write` does, with Skia's own spacing."""
    width, height = canvas.size
    face = skia.Typeface.MakeFromFile(chance.choice(font_files()))
    wide, high = skia.Font(face, 100).measureText(text) / 100, 0.71
    size = min(chance.uniform(max(0.2, 0.13 * len(text)), 0.9) * width / wide, chance.uniform(0.35, 0.6) * height / high)
    wide, high = wide * size, high * size
    left = chance.uniform(0.03 * width, max(0.03 * width, 0.97 * width - wide))
    foot = chance.uniform(0.05 * height + high, 0.95 * height)
    box = (left, foot - high, left + wide, foot)
    coloured = a_colour(chance, canvas.resize((1, 1), Image.Resampling.BOX, box).getpixel((0, 0)))
    if coloured is None:
        return None
    with Sheet(canvas) as sheet:
        sheet.drawString(text, left, foot, skia.Font(face, size), skia.Paint(Color=skia.Color(*coloured[1]), AntiAlias=True))
    return Writing(text, *coloured, (left + wide / 2) / width, (foot - high / 2) / height, high / height, ())


class Sheet:
    """Skia's canvas over a picture, which has what was drawn when the sheet is put away."""

    def __init__(self, canvas):
        self.canvas = canvas

    def __enter__(self):
        self.pixels = np.array(self.canvas.convert("RGBA"))
        self.surface = skia.Surface(self.pixels, colorType=skia.kRGBA_8888_ColorType)
        return self.surface.getCanvas()

    def __exit__(self, *_):
        self.surface.flushAndSubmit()
        self.canvas.paste(Image.fromarray(self.pixels[..., :3].copy()))
