package io.grevy.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * Turns what a reader gave into the bytes of a {@link Picture}: sRGB, on white, upright, in one pass.
 *
 * <p>Samples are read from the raster, not through {@link BufferedImage#getRGB}: that takes gray for
 * linear light and brightens it, and it is slow.
 */
final class Rgb {

    private final Container.Outline outline;
    private final Orientation.Target target;
    private final byte[] rgb;

    private Rgb(Container.Outline outline, Orientation orientation) {
        this.outline = outline;
        this.target = orientation.target(outline.width(), outline.height());
        this.rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(outline.width(), outline.height()))];
    }

    static Picture of(BufferedImage image, Container.Outline outline, Orientation orientation) {
        Rgb result = new Rgb(outline, orientation);
        if (outline.frameWidth() != outline.width() || outline.frameHeight() != outline.height()) {
            Arrays.fill(result.rgb, (byte) 255);
        }
        result.paint(image);
        return new Picture(result.target.width(), result.target.height(), result.rgb);
    }

    private void paint(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        if (colors instanceof IndexColorModel palette) {
            paintIndexed(image.getRaster(), palette);
        } else if (!(colors instanceof ComponentColorModel)) {
            paintPacked(image);
        } else if (colors.getNumColorComponents() == 1 || colors.getColorSpace().isCS_sRGB()) {
            if (!paintBytes(image)) {
                paintSamples(image);
            }
        } else {
            paint(toSrgb(image));
        }
    }

    static BufferedImage toSrgb(BufferedImage image) {
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                image.getColorModel().hasAlpha(),
                false,
                image.getColorModel().getTransparency(),
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = colors.createCompatibleWritableRaster(image.getWidth(), image.getHeight());
        BufferedImage converted = new BufferedImage(colors, raster, false, null);
        return new ColorConvertOp(null).filter(image, converted);
    }

    private void paintIndexed(Raster raster, IndexColorModel palette) {
        int[] colors = new int[palette.getMapSize()];
        palette.getRGBs(colors);
        for (int i = 0; i < colors.length; i++) {
            colors[i] = onWhite(colors[i]);
        }
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            int at = start(y);
            for (int index : row) {
                put(at, index < colors.length ? colors[index] : 0);
                at += 3 * target.perX();
            }
        }
    }

    /** Pixels of an int or a short each, of which the color model knows the layout. */
    private void paintPacked(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            int at = start(y);
            for (int argb : row) {
                put(at, onWhite(argb));
                at += 3 * target.perX();
            }
        }
    }

    /** The short way for three bytes a pixel, which is nearly every photograph; says whether it was taken. */
    private boolean paintBytes(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel().hasAlpha()
                || image.getColorModel().getComponentSize(0) != 8
                || !(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
                || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
                || model.getNumBands() != 3
                || raster.getSampleModelTranslateX() != 0
                || raster.getSampleModelTranslateY() != 0) {
            return false;
        }
        byte[] from = buffer.getData();
        int[] bands = model.getBandOffsets();
        int step = 3 * target.perX();
        for (int y = 0; y < image.getHeight(); y++) {
            int source = buffer.getOffset() + y * model.getScanlineStride();
            int at = start(y);
            for (int x = 0; x < image.getWidth(); x++) {
                rgb[at] = from[source + bands[0]];
                rgb[at + 1] = from[source + bands[1]];
                rgb[at + 2] = from[source + bands[2]];
                source += model.getPixelStride();
                at += step;
            }
        }
        return true;
    }

    private void paintSamples(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int components = colors.getNumColorComponents();
        boolean alpha = colors.hasAlpha() && bands > components;
        boolean premultiplied = image.isAlphaPremultiplied();
        int most = most(raster, colors);
        int[] row = new int[raster.getWidth() * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            if (most != 255) {
                scale(row, most);
            }
            int at = start(y);
            for (int i = 0; i < row.length; i += bands) {
                int red = row[i];
                int green = components == 1 ? red : row[i + 1];
                int blue = components == 1 ? red : row[i + 2];
                if (alpha) {
                    int opacity = row[i + components];
                    red = onWhite(red, opacity, premultiplied);
                    green = onWhite(green, opacity, premultiplied);
                    blue = onWhite(blue, opacity, premultiplied);
                }
                put(at, red << 16 | green << 8 | blue);
                at += 3 * target.perX();
            }
        }
    }

    private static int most(Raster raster, ColorModel colors) {
        int type = raster.getTransferType();
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
            throw new IllegalArgumentException("Samples of type " + type);
        }
        return (1 << colors.getComponentSize(0)) - 1;
    }

    private static void scale(int[] samples, int most) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (samples[i] * 255 + most / 2) / most;
        }
    }

    private static int onWhite(int argb) {
        int opacity = argb >>> 24;
        return opacity == 255
                ? argb & 0xffffff
                : onWhite(argb >> 16 & 0xff, opacity, false) << 16
                        | onWhite(argb >> 8 & 0xff, opacity, false) << 8
                        | onWhite(argb & 0xff, opacity, false);
    }

    private static int onWhite(int sample, int opacity, boolean premultiplied) {
        int weighted = premultiplied ? Math.min(sample, opacity) : (sample * opacity + 127) / 255;
        return weighted + 255 - opacity;
    }

    private int start(int y) {
        return 3 * (target.origin() + outline.x() * target.perX() + (outline.y() + y) * target.perY());
    }

    private void put(int at, int color) {
        rgb[at] = (byte) (color >> 16);
        rgb[at + 1] = (byte) (color >> 8);
        rgb[at + 2] = (byte) color;
    }
}
