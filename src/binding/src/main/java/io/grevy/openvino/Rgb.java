package io.grevy.openvino;

/**
 * A picture: {@code height} rows of {@code width} pixels of three bytes, red, green, blue.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixels {@code height * width * 3} bytes; not copied, so not to be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of every picture would cost more than it protects
public record Rgb(int width, int height, byte[] pixels) {
    public Rgb {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels");
        }
        if ((long) width * height * 3 != pixels.length) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " x " + height + " pixels in " + pixels.length + " bytes");
        }
    }
}
