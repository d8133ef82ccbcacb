package io.grevy.image;

/**
 * What a file says of itself, read from its structure alone: no pixel is decoded, nothing is allocated by
 * what the file claims.
 *
 * <p>The methods are called in this order, with the limits checked in between: a picture that is too large
 * is refused as that, even when it is truncated as well.
 */
sealed interface Container
        permits BmpContainer, GifContainer, JpegContainer, PngContainer, TiffContainer, WebpContainer {

    /** The container of a file whose format is known. */
    static Container of(byte[] file, Format format) {
        Bytes bytes = new Bytes(file, format);
        return switch (format) {
            case JPEG -> new JpegContainer(bytes);
            case PNG -> new PngContainer(bytes);
            case WEBP -> new WebpContainer(bytes);
            case GIF -> new GifContainer(bytes);
            case BMP -> new BmpContainer(bytes);
            case TIFF -> new TiffContainer(bytes);
        };
    }

    /** The file. */
    Bytes bytes();

    /** The sizes in the headers, none of them checked against a limit. */
    Outline outline() throws PictureException;

    /**
     * Checks that the file is whole, and holds nothing that would take work or memory out of proportion.
     *
     * @return what a reader may have
     */
    Verified verify() throws PictureException;

    /**
     * A file that a reader may have.
     *
     * @param bytes the file, or what of it is needed
     * @param orientation how the stored pixels are to be turned
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Verified(byte[] bytes, Orientation orientation) {}

    /**
     * A canvas, and where on it the first frame lies; sides in pixels, each at least 1.
     *
     * @param width columns of the canvas, which is the picture as stored, before it is turned
     * @param height rows of the canvas
     * @param x column of the canvas where the frame begins
     * @param y row of the canvas where the frame begins
     * @param frameWidth columns of the frame
     * @param frameHeight rows of the frame
     */
    record Outline(int width, int height, int x, int y, int frameWidth, int frameHeight) {

        /** One frame that fills the canvas. */
        static Outline of(long width, long height, Bytes bytes) throws PictureException {
            if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
                throw bytes.corrupt("its header says " + width + "x" + height + " pixels");
            }
            return new Outline((int) width, (int) height, 0, 0, (int) width, (int) height);
        }

        /** A frame on a canvas, which grows where the frame does not fit on it. */
        static Outline framed(int width, int height, int x, int y, int frameWidth, int frameHeight, Bytes bytes)
                throws PictureException {
            Outline frame = of(frameWidth, frameHeight, bytes);
            return new Outline(
                    Math.max(width, x + frame.width),
                    Math.max(height, y + frame.height),
                    x,
                    y,
                    frameWidth,
                    frameHeight);
        }

        long pixels() {
            return (long) width * height;
        }
    }
}
