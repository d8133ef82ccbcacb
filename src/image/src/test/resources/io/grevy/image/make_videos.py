#!/usr/bin/env python3
"""Makes the sample animations of the decoder's tests, in videos/ beside this file.

Of each there is what Pillow decodes of it too: a PNG of its frames one below the other, on white. Needs Pillow; the
result is committed, so that the tests need nothing.
"""
import pathlib
import struct

from PIL import Image, ImageDraw, ImageSequence

HERE = pathlib.Path(__file__).parent / "videos"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 60), (40, 60, 210), (240, 220, 40)
W, H, FRAMES = 40, 30, 7


def moving(mode="RGBA", background=(0, 0, 0, 0), alpha=255):
    frames = []
    for i in range(FRAMES):
        image = Image.new(mode, (W, H), background)
        draw = ImageDraw.Draw(image)
        color = (RED, GREEN, BLUE, YELLOW)[i % 4]
        draw.ellipse((4 * i, 2 * i, 4 * i + 14, 2 * i + 14), fill=color + (alpha,) * (len(mode) - 3))
        frames.append(image)
    return frames


def palette(colors):
    return b"".join(bytes(color) for color in colors).ljust(12, b"\0")


def gif(frames, size=(W, H), colors=(RED, GREEN, BLUE, YELLOW)):
    """A GIF of rectangles: x, y, w, h, colour, disposal, and whether its left half is transparent."""
    data = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF1, 0, 0) + palette(colors)
    for x, y, w, h, color, disposal, hole in frames:
        transparent = (color + 1) % 4
        data += b"\x21\xf9\x04" + struct.pack("<BHB", disposal << 2 | hole, 20, transparent) + b"\0"
        data += b"\x21\xfe\x03abc\0"  # a comment between a frame and its control block
        data += b"\x2c" + struct.pack("<HHHHB", x, y, w, h, 0)
        pixels = [transparent if hole and i % w < w // 2 else color for i in range(w * h)]
        data += b"\x02" + blocks(uncompressed(pixels))
    return data + b"\x3b"


def uncompressed(pixels):
    """LZW with a clear code before every other pixel, so that all codes have three bits."""
    bits, filled, out = 0, 0, bytearray()
    codes = []
    for i, pixel in enumerate(pixels):
        codes += ([4] if i % 2 == 0 else []) + [pixel]
    for code in codes + [5]:
        bits |= code << filled
        filled += 3
        while filled >= 8:
            out.append(bits & 255)
            bits >>= 8
            filled -= 8
    return bytes(out + bytes([bits & 255]))


def blocks(data):
    pieces = [data[i:i + 255] for i in range(0, len(data), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def decoded(name):
    with Image.open(HERE / name) as image:
        frames = [frame.convert("RGBA") for frame in ImageSequence.Iterator(image)]
    strip = Image.new("RGB", (frames[0].width, frames[0].height * len(frames)), "white")
    for i, frame in enumerate(frames):
        strip.paste(frame, (0, i * frame.height), frame)
    strip.save(HERE / (name + ".png"))
    print(name, len(frames), "frames of", frames[0].size)


def main():
    HERE.mkdir(exist_ok=True)
    files = {
        "kept.gif": gif([(0, 0, W, H, 0, 1, 0), (5, 5, 20, 10, 1, 1, 0), (10, 8, 20, 20, 2, 1, 1)]),
        "cleared.gif": gif([(0, 0, W, H, 0, 2, 1), (5, 5, 20, 10, 1, 2, 1), (10, 8, 20, 20, 2, 2, 1)]),
        "restored.gif": gif([(0, 0, W, H, 0, 1, 0), (5, 5, 20, 10, 1, 3, 0), (10, 8, 20, 20, 2, 3, 1), (0, 0, 4, 4, 3, 1, 0)]),
    }
    for name, data in files.items():
        (HERE / name).write_bytes(data)

    def save(name, frames, **options):
        frames[0].save(HERE / name, save_all=True, append_images=frames[1:], duration=120, loop=0, **options)
        files[name] = b""
    save("moving.gif", moving("RGB", (255, 255, 255)))
    save("transparent.gif", moving(), disposal=2)
    save("moving.webp", moving("RGB", (255, 255, 255)), lossless=True)
    save("transparent.webp", moving(alpha=160), lossless=True)
    save("lossy.webp", moving(alpha=160), quality=95, method=4)
    save("mixed.webp", moving("RGB", (200, 200, 200)), quality=95, allow_mixed=True, minimize_size=True)
    for name in files:
        decoded(name)


if __name__ == "__main__":
    main()
