"""Draws the pictures of this folder: python -m pictures.make      (run in models/)"""

from pathlib import Path

from PIL import Image

from train.drawing import draw, photograph
from train.world import Thing

HERE = Path(__file__).parent
FINE = 4  # drawn this much larger and scaled down, for smooth edges


def clean(shape, colour, rgb, side, ground=(255, 255, 255)):
    canvas = Image.new("RGB", (side * FINE, side * FINE), ground)
    draw(canvas, [Thing(shape, colour, rgb, 0.5, 0.5, 0.28, 0.0)])
    return canvas.resize((side, side), Image.Resampling.LANCZOS)


def photo():
    """The middle of the photograph, at 640×480."""
    whole = photograph("chelsea.png")
    wide = whole.height * 4 / 3
    left = (whole.width - wide) / 2
    return whole.resize((640, 480), Image.Resampling.LANCZOS, (left, 0, left + wide, whole.height))


def photo_with_circle():
    canvas = photo().resize((640 * FINE, 480 * FINE), Image.Resampling.BICUBIC)
    draw(canvas, [Thing("circle", "red", (225, 25, 30), 0.5, 0.5, 0.28, 0.0)])
    return canvas.resize((640, 480), Image.Resampling.LANCZOS)


def main():
    clean("circle", "red", (220, 30, 30), 224).save(HERE / "red-circle.png", optimize=True)
    clean("square", "blue", (30, 60, 220), 256).save(HERE / "blue-square.jpg", quality=90)
    clean("triangle", "green", (20, 150, 50), 128).save(HERE / "green-triangle.png", optimize=True)
    clean("star", "yellow", (245, 220, 30), 192, (40, 45, 60)).save(HERE / "yellow-star.jpg", quality=90)
    photo().save(HERE / "photo.jpg", quality=90)
    photo_with_circle().save(HERE / "photo-red-circle.jpg", quality=90)


if __name__ == "__main__":
    main()
