package io.grevy.image;

/** BMP: a header, and rows of known length or run lengths up to their end mark. */
record BmpContainer(Bytes bytes) implements Container {

    private static final int RLE8 = 1;
    private static final int RLE4 = 2;

    @Override
    public Outline outline() throws PictureException {
        bytes.require(14 + bytes.u32le(14));
        return old()
                ? Outline.of(bytes.u16le(18), bytes.u16le(20), bytes)
                : Outline.of(signed(18), Math.abs(signed(22)), bytes);
    }

    @Override
    public Verified verify() throws PictureException {
        Outline outline = outline();
        int depth = bytes.u16le(old() ? 24 : 28);
        long coding = old() ? 0 : bytes.u32le(30);
        long start = bytes.u32le(10);
        if (depth != 1 && depth != 4 && depth != 8 && depth != 16 && depth != 24 && depth != 32) {
            throw bytes.unsupported("it has " + depth + " bits a pixel");
        } else if (coding == RLE8 && depth == 8 || coding == RLE4 && depth == 4) {
            checkRuns(start, depth);
        } else if (coding == 0 || coding == 3 && depth >= 16) {
            long row = ((long) outline.width() * depth + 31) / 32 * 4;
            bytes.require(start + row * outline.height());
        } else {
            throw bytes.unsupported("its compression has the number " + coding);
        }
        return new Verified(bytes.array(), Orientation.NONE);
    }

    private boolean old() throws PictureException {
        return bytes.u8(14) == 12;
    }

    private long signed(long at) throws PictureException {
        return (int) bytes.u32le(at);
    }

    private void checkRuns(long at, int depth) throws PictureException {
        while (true) {
            int count = bytes.u8(at);
            int second = bytes.u8(at + 1);
            at += 2;
            if (count == 0 && second == 1) {
                return;
            } else if (count == 0 && second == 2) {
                at += 2;
            } else if (count == 0 && second > 2) {
                long literal = depth == 8 ? second : (second + 1) / 2;
                at += literal + literal % 2;
            }
        }
    }
}
