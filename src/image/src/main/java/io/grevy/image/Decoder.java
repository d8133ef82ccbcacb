package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * From a file's bytes to a picture. Thread-safe.
 *
 * <p>The order is the point: format by the first bytes, sizes against the limit, completeness, and only
 * then a reader that allocates by those sizes.
 *
 * <p>All readers are Java but for JPEG's inner part, which is the JDK's own (libjpeg, as every Java
 * application that shows a JPEG uses it), and for ICC profiles (the JDK's Little CMS).
 */
final class Decoder {

    private final long maxPixels;
    private final ImageReaders readers;

    Decoder(long maxPixels) {
        this.maxPixels = maxPixels;
        this.readers = new ImageReaders();
    }

    /**
     * Decodes one picture.
     *
     * @throws PictureException for everything that can be wrong with it; readers' runtime exceptions and
     *     errors of memory and stack are turned into {@link Reason#CORRUPT}
     */
    Picture decode(byte[] file) throws PictureException {
        return decode(file, maxPixels);
    }

    /** As the other, with a limit of its own on pixels. */
    Picture decode(byte[] file, long mostPixels) throws PictureException {
        return read(file, mostPixels, (image, outline, orientation) -> Rgb.of(image, outline, orientation));
    }

    /** What is made of what a reader gave. */
    interface Use<T> {
        T of(BufferedImage image, Container.Outline outline, Orientation orientation) throws IOException;
    }

    /**
     * Decodes one picture to what its reader makes of it.
     *
     * @throws PictureException as {@link #decode}
     */
    <T> T read(byte[] file, long mostPixels, Use<T> use) throws PictureException {
        Format format = Format.of(file);
        Container container = Container.of(file, format);
        Container.Outline outline = container.outline();
        if (outline.pixels() > mostPixels) {
            throw new PictureException(
                    Reason.TOO_MANY_PIXELS,
                    "The " + format + " picture has " + outline.width() + "x" + outline.height()
                            + " pixels, more than the limit of " + mostPixels + ".");
        }
        Container.Verified verified = container.verify();
        try {
            return Plugins.hidden(() -> use.of(read(verified, container, outline), outline, verified.orientation()));
        } catch (EOFException | FileInput.PastEndException e) {
            throw new PictureException(
                    Reason.TRUNCATED, "The " + format + " picture is truncated: its pixel data ends early.", e);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new PictureException(
                    Reason.CORRUPT, "The " + format + " picture is corrupt: its pixels cannot be decoded.", e);
        }
    }

    private BufferedImage read(Container.Verified verified, Container container, Container.Outline outline)
            throws IOException {
        ImageReader reader = readers.open(container.bytes().format());
        try (ImageInputStream input = new FileInput(verified.bytes())) {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(input, true, true);
            BufferedImage image = reader.read(0);
            if (image.getWidth() != outline.frameWidth() || image.getHeight() != outline.frameHeight()) {
                throw new IOException("The reader gave " + image.getWidth() + "x" + image.getHeight());
            }
            Warnings.check(warnings);
            return container instanceof PngContainer png ? PngProfile.mark(image, png) : image;
        } finally {
            reader.dispose();
        }
    }
}
