package io.grevy.image;

import java.util.zip.CRC32;

/** PNG: chunks with checksums, up to IEND. */
record PngContainer(Bytes bytes) implements Container {

    private static final int SIGNATURE = 8;
    private static final int AROUND = 12; // length, type and checksum of a chunk

    @Override
    public Outline outline() throws PictureException {
        bytes.require(SIGNATURE + AROUND + 13);
        if (!bytes.has(SIGNATURE + 4, "IHDR")) {
            throw bytes.corrupt("it does not begin with its header");
        }
        return Outline.of(bytes.u32be(16), bytes.u32be(20), bytes);
    }

    @Override
    public Verified verify() throws PictureException {
        Orientation orientation = Orientation.NONE;
        boolean pixels = false;
        long at = SIGNATURE;
        while (!bytes.has(at + 4, "IEND")) {
            long length = bytes.u32be(at);
            if (length > Integer.MAX_VALUE) {
                throw bytes.corrupt("a chunk has a length of " + length);
            }
            bytes.require(at + length + AROUND);
            checkSum(at, (int) length);
            if (bytes.has(at + 4, "eXIf")) {
                orientation = Exif.orientation(bytes, at + 8);
            }
            pixels |= bytes.has(at + 4, "IDAT");
            at += length + AROUND;
        }
        if (!pixels) {
            throw bytes.corrupt("it has no pixel data");
        }
        return new Verified(bytes.array(), orientation);
    }

    /** Where the chunk with the colour profile begins, or -1; for a file that was verified. */
    long profile() throws PictureException {
        long at = SIGNATURE;
        while (!bytes.has(at + 4, "IDAT")) {
            if (bytes.has(at + 4, "iCCP")) {
                return at;
            }
            at += bytes.u32be(at) + AROUND;
        }
        return -1;
    }

    /** Checks the sum of a chunk without which the picture cannot be shown: their names are upper case. */
    private void checkSum(long at, int length) throws PictureException {
        if (bytes.u8(at + 4) > 'Z') {
            return;
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.array(), (int) at + 4, length + 4);
        if (sum.getValue() != bytes.u32be(at + 8 + length)) {
            throw bytes.corrupt("the checksum of a chunk at byte " + at + " is wrong");
        }
    }
}
