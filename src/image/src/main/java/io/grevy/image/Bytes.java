package io.grevy.image;

import io.grevy.image.PictureException.Reason;

/**
 * A file in memory, read with bounds checks: what lies past the end is a {@link Reason#TRUNCATED}
 * refusal. Offsets are longs, so that sums of 32-bit fields cannot wrap.
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Bytes(byte[] array, Format format) {

    long length() {
        return array.length;
    }

    /** Refuses the file as truncated where it is shorter than {@code end} bytes. */
    void require(long end) throws PictureException {
        if (end > array.length) {
            throw truncated();
        }
    }

    int u8(long at) throws PictureException {
        require(at + 1);
        return array[(int) at] & 0xff;
    }

    int u16be(long at) throws PictureException {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16le(long at) throws PictureException {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24le(long at) throws PictureException {
        return u16le(at) | u8(at + 2) << 16;
    }

    long u32be(long at) throws PictureException {
        return (long) u16be(at) << 16 | u16be(at + 2);
    }

    long u32le(long at) throws PictureException {
        return u16le(at) | (long) u16le(at + 2) << 16;
    }

    /** Whether the ASCII text stands at the place; false past the end. */
    boolean has(long at, String text) {
        if (at + text.length() > array.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (array[(int) at + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    PictureException truncated() {
        return new PictureException(
                Reason.TRUNCATED,
                "The " + format + " picture is truncated: its end is missing after " + array.length + " bytes.");
    }

    PictureException corrupt(String why) {
        return new PictureException(Reason.CORRUPT, "The " + format + " picture is corrupt: " + why + ".");
    }

    PictureException unsupported(String why) {
        return new PictureException(
                Reason.UNSUPPORTED_FORMAT, "The " + format + " picture cannot be decoded: " + why + ".");
    }
}
