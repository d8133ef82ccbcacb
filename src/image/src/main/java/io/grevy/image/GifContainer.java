package io.grevy.image;

/** GIF: blocks up to the end of the first frame; what follows is never looked at. */
record GifContainer(Bytes bytes) implements Container {

    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;

    @Override
    public Outline outline() throws PictureException {
        long frame = frame();
        return Outline.framed(
                bytes.u16le(6),
                bytes.u16le(8),
                bytes.u16le(frame + 1),
                bytes.u16le(frame + 3),
                bytes.u16le(frame + 5),
                bytes.u16le(frame + 7),
                bytes);
    }

    @Override
    public Verified verify() throws PictureException {
        long frame = frame();
        long data = frame + 10 + paletteLength(bytes.u8(frame + 9));
        skipBlocks(data + 1);
        long pixels = (long) bytes.u16le(frame + 5) * bytes.u16le(frame + 7);
        if (GifLzw.pixels(bytes, data, pixels) < pixels) {
            throw bytes.truncated();
        }
        return new Verified(bytes.array(), Orientation.NONE);
    }

    private long frame() throws PictureException {
        long at = 13 + paletteLength(bytes.u8(10));
        while (bytes.u8(at) == EXTENSION) {
            at = skipBlocks(at + 2);
        }
        if (bytes.u8(at) != FRAME) {
            throw bytes.corrupt("it has no frame");
        }
        return at;
    }

    static int paletteLength(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** The place after a chain of data blocks and the empty one that ends it. */
    long skipBlocks(long at) throws PictureException {
        int length = bytes.u8(at);
        while (length > 0) {
            at += 1 + length;
            length = bytes.u8(at);
        }
        return at + 1;
    }
}
