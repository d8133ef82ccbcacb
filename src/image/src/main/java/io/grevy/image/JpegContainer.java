package io.grevy.image;

/** JPEG: markers up to the end-of-image one (ITU-T T.81, annex B). */
record JpegContainer(Bytes bytes) implements Container {

    /** Twice what encoders write for progressive display; the reader paints the whole picture for each. */
    private static final int MOST_SCANS = 24;

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP1 = 0xe1;

    @Override
    public Outline outline() throws PictureException {
        long at = 2;
        while (true) {
            at = marker(at);
            int marker = bytes.u8(at - 1);
            if (isFrame(marker)) {
                checkCoding(marker);
                return Outline.of(bytes.u16be(at + 5), bytes.u16be(at + 3), bytes);
            } else if (marker == SOS || marker == EOI) {
                throw bytes.corrupt("it has no frame header");
            }
            at = skip(at, marker);
        }
    }

    @Override
    public Verified verify() throws PictureException {
        Orientation orientation = Orientation.NONE;
        int scans = 0;
        long at = 2;
        while (true) {
            at = marker(at);
            int marker = bytes.u8(at - 1);
            if (marker == EOI) {
                break;
            } else if (marker == APP1 && orientation == Orientation.NONE && bytes.has(at + 2, "Exif\0\0")) {
                orientation = Exif.orientation(bytes, at + 8);
            } else if (marker == SOS && ++scans > MOST_SCANS) {
                throw bytes.corrupt("it has more than " + MOST_SCANS + " scans");
            }
            at = skip(at, marker);
        }
        if (scans == 0) {
            throw bytes.corrupt("it has no pixel data");
        }
        return new Verified(bytes.array(), orientation);
    }

    /** Finds the next marker; bytes before it are skipped, as all decoders do. Returns the place after it. */
    private long marker(long at) throws PictureException {
        byte[] array = bytes.array();
        for (int i = (int) at; i + 1 < array.length; i++) {
            if (array[i] == (byte) 0xff) {
                int next = array[i + 1] & 0xff;
                // Stuffed zeros, fill bytes and restarts belong to the data in between.
                if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7) && next != 0x01) {
                    return i + 2L;
                }
            }
        }
        throw bytes.truncated();
    }

    /** The place after the marker's parameters. */
    private long skip(long at, int marker) throws PictureException {
        if (marker == SOI) {
            return at;
        }
        int length = bytes.u16be(at);
        if (length < 2) {
            throw bytes.corrupt("a segment has a length of " + length);
        }
        bytes.require(at + length);
        return at + length;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private void checkCoding(int marker) throws PictureException {
        if (marker > 0xc8) {
            throw bytes.unsupported("it uses arithmetic coding");
        } else if (marker > 0xc4) {
            throw bytes.unsupported("it is hierarchical");
        }
    }
}
