#!/usr/bin/env python3
"""Makes the sample pictures of the decoder's tests, in pictures/ beside this file.

Each shows the same 48x32 pixels, once upright: red, green / blue, yellow. Needs Pillow; the result is
committed, so that the tests need nothing.
"""
import pathlib
import struct
import zlib

from PIL import Image

HERE = pathlib.Path(__file__).parent / "pictures"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 60), (40, 60, 210), (240, 220, 40)
W, H = 48, 32


def quadrants(mode="RGB", colors=(RED, GREEN, BLUE, YELLOW), size=(W, H)):
    image = Image.new(mode, size)
    w, h = size
    for i, color in enumerate(colors):
        x, y = i % 2 * (w // 2), i // 2 * (h // 2)
        image.paste(color, (x, y, x + w // 2, y + h // 2))
    return image


RGB = quadrants()
RGBA = quadrants("RGBA", (RED + (255,), GREEN + (128,), BLUE + (0,), YELLOW + (255,)))
GRAY = quadrants("L", (20, 90, 160, 230))
CMYK = quadrants("CMYK", ((0, 255, 255, 0), (255, 0, 255, 0), (255, 255, 0, 0), (0, 0, 0, 128)))
PALETTE = RGB.quantize(4)

# How a picture is stored that is upright after EXIF's orientation n.
STORED = {
    1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270],
}


def stored(n):
    image = RGB
    for step in STORED[n]:
        image = image.transpose(step)
    return image


def exif(n):
    data = Image.Exif()
    data[0x0112] = n
    return data.tobytes()


def swapping_profile():
    """An ICC profile whose red is sRGB's green and the other way round, so that nobody can miss it."""
    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (x, y, z)))
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"swap\0" + b"\0" * 78 + b"\0"
    tags = [
        (b"desc", text), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", xyz(0.9642, 1, 0.8249)),
        (b"rXYZ", xyz(0.3851, 0.7169, 0.0971)), (b"gXYZ", xyz(0.4361, 0.2225, 0.0139)),
        (b"bXYZ", xyz(0.1431, 0.0606, 0.7139)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve),
    ]
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    head = struct.pack(">I", start + len(body)) + b"\0\0\0\0" + struct.pack(">I", 0x02400000)
    head += b"mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def png(depth, color, rows, interlace=0):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, depth, color, 0, 0, interlace))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def png16(image, color):
    rows = b""
    for y in range(H):
        rows += b"\0"
        for x in range(W):
            for sample in image.getpixel((x, y)):
                rows += struct.pack(">H", sample * 257)
    return png(16, color, rows)


def png_interlaced():
    rows = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for y in range(y0, H, dy):
            rows += b"\0" + b"".join(bytes(RGB.getpixel((x, y))) for x in range(x0, W, dx))
    return png(8, 2, rows, interlace=1)


def ycck():
    """A CMYK JPEG as Adobe writes it: C, M, Y as Y, Cb, Cr. Pillow writes the samples as they are, inverted."""
    image = Image.new("CMYK", (W, H))
    for y in range(H):
        for x in range(W):
            c, m, ye, k = CMYK.getpixel((x, y))
            yy = .299 * c + .587 * m + .114 * ye
            cb = 128 + .564 * (ye - yy)
            cr = 128 + .713 * (c - yy)
            image.putpixel((x, y), tuple(255 - max(0, min(255, round(v))) for v in (yy, cb, cr)) + (k,))
    path = HERE / "ycck.jpg"
    image.save(path, quality=95)
    data = bytearray(path.read_bytes())
    data[data.index(b"Adobe") + 11] = 2
    path.write_bytes(data)


def bmp_rle():
    rows = b""
    for y in reversed(range(H)):
        left, right = (2, 3) if y >= H // 2 else (0, 1)
        rows += bytes([W // 2, left, W // 2, right, 0, 0])
    rows += bytes([0, 1])
    palette = b"".join(bytes((b, g, r, 0)) for r, g, b in (RED, GREEN, BLUE, YELLOW))
    head = struct.pack("<IiiHHIIiiII", 40, W, H, 1, 8, 1, len(rows), 2835, 2835, 4, 0)
    start = 14 + 40 + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + head + palette + rows


def bmp_top_down_565():
    rows = b""
    for y in range(H):
        for x in range(W):
            r, g, b = RGB.getpixel((x, y))
            rows += struct.pack("<H", r >> 3 << 11 | g >> 2 << 5 | b >> 3)
    head = struct.pack("<IiiHHIIiiII", 40, W, -H, 1, 16, 3, len(rows), 2835, 2835, 0, 0)
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    return b"BM" + struct.pack("<IHHI", 66 + len(rows), 0, 0, 66) + head + masks + rows


def main():
    HERE.mkdir(exist_ok=True)

    def save(name, image, **options):
        image.save(HERE / name, **options)

    save("baseline.jpg", RGB, quality=95)
    save("progressive.jpg", RGB, quality=95, progressive=True)
    save("unsubsampled.jpg", RGB, quality=95, subsampling=0)
    save("restarts.jpg", RGB, quality=95, restart_marker_blocks=1)
    save("gray.jpg", GRAY, quality=95)
    save("cmyk.jpg", CMYK, quality=95)
    ycck()
    save("profile.jpg", RGB, quality=95, icc_profile=swapping_profile())
    for n in STORED:
        save(f"orientation-{n}.jpg", stored(n), quality=95, exif=exif(n))

    save("rgb.png", RGB)
    save("alpha.png", RGBA)
    save("palette.png", PALETTE)
    transparent = PALETTE.copy()
    save("palette-alpha.png", transparent, transparency=transparent.getpixel((0, H - 1)))
    save("gray.png", GRAY)
    save("gray-alpha.png", Image.merge("LA", (GRAY, RGBA.getchannel("A"))))
    save("gray-16.png", Image.frombytes("I;16", (W, H), b"".join(bytes((0, v)) for v in GRAY.tobytes())))
    save("bits-1.png", quadrants("1", (0, 1, 1, 0)))
    save("bits-2.png", PALETTE, bits=2)
    (HERE / "rgb-16.png").write_bytes(png16(RGB, 2))
    (HERE / "alpha-16.png").write_bytes(png16(RGBA, 6))
    (HERE / "interlaced.png").write_bytes(png_interlaced())
    save("orientation-6.png", stored(6), exif=exif(6))
    save("profile.png", RGB, icc_profile=swapping_profile())

    save("lossy.webp", RGB, quality=95)
    save("lossless.webp", RGB, lossless=True)
    save("lossy-alpha.webp", RGBA, quality=95)
    save("lossless-alpha.webp", RGBA, lossless=True)
    save("animated.webp", RGB, save_all=True, append_images=[GRAY.convert("RGB")], lossless=True)
    save("orientation-6.webp", stored(6), exif=exif(6), lossless=True)
    save("profile.webp", RGB, icc_profile=swapping_profile(), lossless=True)

    save("plain.gif", PALETTE, interlace=0)
    save("interlaced.gif", PALETTE, interlace=1)
    save("transparent.gif", PALETTE, transparency=PALETTE.getpixel((0, H - 1)))
    save("animated.gif", PALETTE, save_all=True, append_images=[GRAY.convert("P")], loop=0)

    save("rgb.bmp", RGB)
    save("palette.bmp", PALETTE)
    save("gray.bmp", GRAY)
    save("bits-1.bmp", quadrants("1", (0, 1, 1, 0)))
    save("bits-32.bmp", RGB.convert("RGBA"))
    (HERE / "runs.bmp").write_bytes(bmp_rle())
    (HERE / "top-down-565.bmp").write_bytes(bmp_top_down_565())

    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"{compression.removeprefix('tiff_')}.tif", RGB, compression=compression)
    save("gray.tif", GRAY)
    save("gray-16.tif", Image.frombytes("I;16", (W, H), b"".join(bytes((0, v)) for v in GRAY.tobytes())))
    save("palette.tif", PALETTE)
    save("alpha.tif", RGBA)
    save("cmyk.tif", CMYK)
    save("fax.tif", quadrants("1", (0, 1, 1, 0)), compression="group4")
    save("orientation-6.tif", stored(6), tiffinfo={274: 6})
    save("profile.tif", RGB, icc_profile=swapping_profile())
    save("jpeg-within.tif", RGB, compression="jpeg")


if __name__ == "__main__":
    main()
