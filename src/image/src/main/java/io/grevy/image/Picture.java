package io.grevy.image;

import java.util.Objects;

/**
 * A decoded picture: 8 bits a channel, sRGB, no alpha, upright.
 *
 * <p>The array is not copied, neither in nor out, since it may be a hundred megabytes: whoever holds a
 * picture must not write to it. Under that rule a picture may be shared between threads.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb {@code height * width * 3} bytes: rows from top to bottom, pixels from left to right, R
 *     then G then B, each 0–255 as an unsigned byte
 */
@SuppressWarnings("ArrayRecordComponent") // one large buffer, handed on as it is
public record Picture(int width, int height, byte[] rgb) {

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException where a side is less than 1 or the array's length does not fit
     */
    public Picture {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "A picture of " + width + "x" + height + " cannot have " + rgb.length + " bytes");
        }
    }

    /**
     * The whole picture, so small that neither side is longer than this; itself if it is no larger. Its pixels are the
     * averages of what they cover.
     *
     * @param longest at least 1
     */
    public Picture scaledDownTo(int longest) {
        return Downscale.of(this, longest);
    }

    /** Whether both have as many columns and as many rows. */
    public boolean sameSizeAs(Picture other) {
        return width == other.width && height == other.height;
    }

    /** Says the size, not the pixels. */
    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
