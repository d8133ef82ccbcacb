package io.grevy.image;

import java.util.Arrays;

/**
 * WebP: RIFF chunks (RFC 9649). Of an animation the first frame is taken.
 */
record WebpContainer(Bytes bytes) implements Container {

    static final int FIRST_CHUNK = 12;
    private static final int ANIMATED = 0x02;

    /** How far the lossless reader reads ahead: it would meet the end for each of the last bytes' many codes. */
    private static final int LOOK_AHEAD = 8;

    /** Whether it may have several frames. */
    boolean animated() throws PictureException {
        return bytes.has(FIRST_CHUNK, "VP8X") && (bytes.u8(20) & ANIMATED) != 0;
    }

    @Override
    public Outline outline() throws PictureException {
        if (!bytes.has(FIRST_CHUNK, "VP8X")) {
            return bitstream(FIRST_CHUNK);
        }
        Outline canvas = Outline.of(bytes.u24le(24) + 1, bytes.u24le(27) + 1, bytes);
        if ((bytes.u8(20) & ANIMATED) == 0) {
            return canvas;
        }
        long frame = find("ANMF");
        return Outline.framed(
                canvas.width(),
                canvas.height(),
                2 * bytes.u24le(frame + 8),
                2 * bytes.u24le(frame + 11),
                bytes.u24le(frame + 14) + 1,
                bytes.u24le(frame + 17) + 1,
                bytes);
    }

    @Override
    public Verified verify() throws PictureException {
        bytes.require(end());
        checkProfile();
        if (bytes.has(FIRST_CHUNK, "VP8X")) {
            Outline outline = outline();
            boolean animated = (bytes.u8(20) & ANIMATED) != 0;
            Outline stream = bitstream(findBitstream(animated ? find("ANMF") + 24 : FIRST_CHUNK));
            if (stream.width() != outline.frameWidth() || stream.height() != outline.frameHeight()) {
                throw bytes.corrupt("its frame is " + stream.width() + "x" + stream.height() + " pixels, not "
                        + outline.frameWidth() + "x" + outline.frameHeight() + " as announced");
            }
        }
        return new Verified(Arrays.copyOf(bytes.array(), bytes.array().length + LOOK_AHEAD), orientation());
    }

    /** The reader allocates by the size that a colour profile says of itself. */
    private void checkProfile() throws PictureException {
        for (long at = FIRST_CHUNK; at + 8 <= end(); at = next(at)) {
            if (bytes.has(at, "ICCP") && bytes.u32be(at + 8) > bytes.u32le(at + 4)) {
                throw bytes.corrupt("its colour profile claims to be longer than it is");
            }
        }
    }

    private Orientation orientation() throws PictureException {
        for (long at = FIRST_CHUNK; at + 8 <= end(); at = next(at)) {
            if (bytes.has(at, "EXIF")) {
                return Exif.orientation(bytes, bytes.has(at + 8, "Exif\0\0") ? at + 14 : at + 8);
            }
        }
        return Orientation.NONE;
    }

    private long find(String chunk) throws PictureException {
        for (long at = FIRST_CHUNK; at + 8 <= end(); at = next(at)) {
            if (bytes.has(at, chunk)) {
                return at;
            }
        }
        throw bytes.corrupt("it has no frame");
    }

    private long findBitstream(long from) throws PictureException {
        for (long at = from; at + 8 <= end(); at = next(at)) {
            if (bytes.has(at, "VP8 ") || bytes.has(at, "VP8L")) {
                return at;
            }
        }
        throw bytes.corrupt("it has no pixel data");
    }

    /** The size in the header of a lossy or a lossless bitstream. */
    private Outline bitstream(long at) throws PictureException {
        if (bytes.has(at, "VP8L")) {
            if (bytes.u8(at + 8) != 0x2f) {
                throw bytes.corrupt("its lossless data has a wrong signature");
            }
            long sizes = bytes.u32le(at + 9);
            return Outline.of((sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1, bytes);
        } else if (bytes.has(at, "VP8 ")) {
            if (bytes.u24le(at + 11) != 0x2a019d) {
                throw bytes.corrupt("its lossy data has a wrong signature");
            }
            return Outline.of(bytes.u16le(at + 14) & 0x3fff, bytes.u16le(at + 16) & 0x3fff, bytes);
        }
        bytes.require(at + 8);
        throw bytes.corrupt("its first chunk is unknown");
    }

    long end() throws PictureException {
        return 8 + bytes.u32le(4);
    }

    long next(long chunk) throws PictureException {
        long length = bytes.u32le(chunk + 4);
        return chunk + 8 + length + length % 2;
    }
}
