package io.grevy.image;

import java.util.Arrays;

/**
 * Counts the pixels in a GIF frame's compressed data without unpacking them, since the reader leaves
 * missing ones black without a word.
 */
final class GifLzw {

    private static final int MOST_CODES = 4096;

    private final Bytes bytes;
    private final int[] lengths = new int[MOST_CODES];
    private final int clear;
    private long at; // the next byte
    private int blockLeft;
    private int bits;
    private int held;

    private GifLzw(Bytes bytes, long start) throws PictureException {
        this.bytes = bytes;
        int size = bytes.u8(start);
        if (size < 1 || size > 8) {
            throw bytes.corrupt("its codes begin with " + size + " bits");
        }
        this.clear = 1 << size;
        this.at = start + 1;
        Arrays.fill(lengths, 0, clear, 1);
    }

    /**
     * The number of pixels, counted up to {@code most}.
     *
     * @param start where the frame's data begins, with its code size
     */
    static long pixels(Bytes bytes, long start, long most) throws PictureException {
        return new GifLzw(bytes, start).count(most);
    }

    private long count(long most) throws PictureException {
        int firstSize = Integer.numberOfTrailingZeros(clear) + 1;
        long pixels = 0;
        int size = firstSize;
        int next = clear + 2;
        int before = -1;
        while (pixels < most) {
            int code = code(size);
            if (code < 0 || code == clear + 1) {
                break;
            } else if (code == clear) {
                size = firstSize;
                next = clear + 2;
                before = -1;
                continue;
            } else if (code > next || code == next && before < 0) {
                throw bytes.corrupt("its data has a code that stands for nothing");
            }
            if (before >= 0 && next < MOST_CODES) {
                lengths[next++] = lengths[before] + 1;
                size = next == 1 << size && size < 12 ? size + 1 : size;
            }
            pixels += lengths[code];
            before = code;
        }
        return pixels;
    }

    /** The next code, or -1 where the data ends. */
    private int code(int size) throws PictureException {
        while (held < size) {
            if (blockLeft == 0) {
                blockLeft = bytes.u8(at++);
                if (blockLeft == 0) {
                    at--;
                    return -1;
                }
            }
            bits |= bytes.u8(at++) << held;
            blockLeft--;
            held += 8;
        }
        int code = bits & (1 << size) - 1;
        bits >>>= size;
        held -= size;
        return code;
    }
}
