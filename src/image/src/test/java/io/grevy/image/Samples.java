package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;

/** The sample pictures that make.py made: 48x32, four quarters of one colour each. */
final class Samples {

    static final int WIDTH = 48;
    static final int HEIGHT = 32;
    static final int RED = 0xdc1e1e;
    static final int GREEN = 0x1eb43c;
    static final int BLUE = 0x283cd2;
    static final int YELLOW = 0xf0dc28;

    private Samples() {}

    static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("pictures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String dataUri(byte[] file) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
    }

    /** Asserts the colours in the corners and in the middles of the quarters. */
    static void assertQuarters(Picture picture, int tolerance, int... colors) {
        assertThat(picture.width()).isEqualTo(WIDTH);
        assertThat(picture.height()).isEqualTo(HEIGHT);
        for (int i = 0; i < 4; i++) {
            int right = i % 2;
            int lower = i / 2;
            assertPixel(picture, right * (WIDTH - 1), lower * (HEIGHT - 1), tolerance, colors[i]);
            assertPixel(picture, WIDTH / 4 + right * WIDTH / 2, HEIGHT / 4 + lower * HEIGHT / 2, tolerance, colors[i]);
        }
    }

    private static void assertPixel(Picture picture, int x, int y, int tolerance, int color) {
        int at = 3 * (y * picture.width() + x);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(picture.rgb()[at + channel] & 0xff)
                    .as("channel %d at %d,%d (%06x), which should be %06x", channel, x, y, pixel(picture, x, y), color)
                    .isCloseTo(color >> 16 - 8 * channel & 0xff, within(tolerance));
        }
    }

    static int pixel(Picture picture, int x, int y) {
        int at = 3 * (y * picture.width() + x);
        byte[] rgb = picture.rgb();
        return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
    }
}
