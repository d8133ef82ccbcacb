package io.grevy.image;

import io.grevy.image.Animation.Frame;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.util.Arrays;

/**
 * What an animation's frames are painted on. White from the beginning and wherever it is cleared, since that is what
 * transparent parts lie on in the end; so it needs no transparency of its own.
 */
final class Canvas {

    private final int width;
    private final int height;
    private final byte[] rgb;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        Arrays.fill(rgb, (byte) 255);
    }

    /** Paints as much of a frame as lies on the canvas. */
    void paint(BufferedImage image, Frame frame) {
        ColorModel colors = image.getColorModel();
        BufferedImage srgb = colors.getColorSpace().isCS_sRGB() ? image : Rgb.toSrgb(image);
        int[] row = new int[frame.width()];
        for (int y = 0; y < rows(frame); y++) {
            srgb.getRGB(0, y, row.length, 1, row, 0, row.length);
            int at = at(frame, y);
            for (int x = 0; x < columns(frame); x++, at += 3) {
                put(at, row[x], frame.blended());
            }
        }
    }

    /** The pixels in a frame's place, for {@link #restore}. */
    byte[] under(Frame frame) {
        int length = 3 * columns(frame);
        byte[] saved = new byte[length * rows(frame)];
        for (int y = 0; y < rows(frame); y++) {
            System.arraycopy(rgb, at(frame, y), saved, y * length, length);
        }
        return saved;
    }

    void restore(Frame frame, byte[] saved) {
        int length = 3 * columns(frame);
        for (int y = 0; y < rows(frame); y++) {
            System.arraycopy(saved, y * length, rgb, at(frame, y), length);
        }
    }

    void clear(Frame frame) {
        for (int y = 0; y < rows(frame); y++) {
            int at = at(frame, y);
            Arrays.fill(rgb, at, at + 3 * columns(frame), (byte) 255);
        }
    }

    Picture snapshot() {
        return new Picture(width, height, rgb.clone());
    }

    private int columns(Frame frame) {
        return Math.max(0, Math.min(frame.width(), width - frame.x()));
    }

    private int rows(Frame frame) {
        return frame.x() >= width ? 0 : Math.max(0, Math.min(frame.height(), height - frame.y()));
    }

    private int at(Frame frame, int y) {
        return 3 * ((frame.y() + y) * width + frame.x());
    }

    private void put(int at, int argb, boolean blended) {
        int opacity = argb >>> 24;
        for (int channel = 0; channel < 3; channel++) {
            int below = blended ? rgb[at + channel] & 0xff : 255;
            int sample = argb >> 16 - 8 * channel & 0xff;
            rgb[at + channel] = (byte) ((sample * opacity + below * (255 - opacity) + 127) / 255);
        }
    }
}
