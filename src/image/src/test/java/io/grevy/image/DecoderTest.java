package io.grevy.image;

import static io.grevy.image.Samples.BLUE;
import static io.grevy.image.Samples.GREEN;
import static io.grevy.image.Samples.RED;
import static io.grevy.image.Samples.YELLOW;
import static io.grevy.image.Samples.assertQuarters;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.PictureException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final int WHITE = 0xffffff;
    private static final int PALE_GREEN = 0x8ed99d;

    private final Decoder decoder = new Decoder(1_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png", "palette.png", "bits-2.png", "rgb-16.png", "interlaced.png", "lossless.webp",
                        "animated.webp",
                "plain.gif", "interlaced.gif", "animated.gif", "rgb.bmp", "palette.bmp", "bits-32.bmp", "runs.bmp",
                "raw.tif", "lzw.tif", "adobe_deflate.tif", "packbits.tif", "palette.tif"
            })
    void losslessColorsAreExact(String name) throws PictureException {
        assertQuarters(decode(name), 0, RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseline.jpg",
                "progressive.jpg",
                "unsubsampled.jpg",
                "restarts.jpg",
                "lossy.webp",
                "top-down-565.bmp"
            })
    void lossyColorsAreClose(String name) throws PictureException {
        assertQuarters(decode(name), 8, RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha.png", "alpha-16.png", "lossless-alpha.webp", "lossy-alpha.webp", "alpha.tif"})
    void transparentPartsLieOnWhite(String name) throws PictureException {
        assertQuarters(decode(name), name.startsWith("lossy") ? 8 : 1, RED, PALE_GREEN, WHITE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"palette-alpha.png", "transparent.gif"})
    void aTransparentPaletteEntryIsWhite(String name) throws PictureException {
        assertQuarters(decode(name), 0, RED, GREEN, WHITE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gray.png", "gray-16.png", "gray.jpg", "gray.bmp", "gray.tif", "gray-16.tif"})
    void grayKeepsItsValues(String name) throws PictureException {
        assertQuarters(decode(name), name.endsWith("jpg") ? 2 : 1, 0x141414, 0x5a5a5a, 0xa0a0a0, 0xe6e6e6);
    }

    @ParameterizedTest
    @ValueSource(strings = "gray-alpha.png")
    void transparentGrayLiesOnWhite(String name) throws PictureException {
        assertQuarters(decode(name), 1, 0x141414, 0xacacac, WHITE, 0xe6e6e6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits-1.png", "bits-1.bmp", "fax.tif"})
    void oneBitIsBlackAndWhite(String name) throws PictureException {
        assertQuarters(decode(name), 0, 0, WHITE, WHITE, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "ycck.jpg", "cmyk.tif"})
    void inkColorsComeOutAsTheyLook(String name) throws PictureException {
        assertQuarters(decode(name), 30, 0xff0000, 0x00ff00, 0x0000ff, 0x7f7f7f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOrientationIsUpright(int orientation) throws PictureException {
        assertQuarters(decode("orientation-" + orientation + ".jpg"), 8, RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orientation-6.png", "orientation-6.webp", "orientation-6.tif"})
    void otherFormatsAreTurnedToo(String name) throws PictureException {
        assertQuarters(decode(name), 0, RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile.jpg", "profile.png", "profile.webp", "profile.tif"})
    void anEmbeddedProfileIsApplied(String name) throws PictureException {
        // The profile's red is sRGB's green and the other way round.
        assertQuarters(decode(name), 12, 0x1edc1e, 0xb41e3c, 0x3c28d2, 0xdcf028);
    }

    @ParameterizedTest
    @CsvSource({"24, 16, 0, 0", "10, 5, 3, 7", "0, 0, 5, 5"})
    void aFrameLiesWhereItBelongsOnAWhiteCanvas(int canvasWidth, int canvasHeight, int x, int y)
            throws PictureException {
        byte[] gif = Samples.bytes("plain.gif");
        int frame = new GifFrames(gif).first();
        put16(gif, 6, canvasWidth + Samples.WIDTH);
        put16(gif, 8, canvasHeight + Samples.HEIGHT);
        put16(gif, frame + 1, x);
        put16(gif, frame + 3, y);

        Picture picture = decoder.decode(gif);

        assertThat(picture.width()).isEqualTo(Math.max(canvasWidth, x) + Samples.WIDTH);
        assertThat(picture.height()).isEqualTo(Math.max(canvasHeight, y) + Samples.HEIGHT);
        assertThat(Samples.pixel(picture, x, y)).isEqualTo(RED);
        assertThat(Samples.pixel(picture, x + Samples.WIDTH - 1, y + Samples.HEIGHT - 1))
                .isEqualTo(YELLOW);
        if (x > 0) {
            assertThat(Samples.pixel(picture, x - 1, y)).isEqualTo(WHITE);
        }
    }

    @Test
    void jpegWithinTiffIsRefusedByName() {
        assertThat(Refusals.refused(Reason.UNSUPPORTED_FORMAT, () -> decode("jpeg-within.tif")))
                .contains("JPEG within TIFF");
    }

    private static void put16(byte[] file, int at, int value) {
        file[at] = (byte) value;
        file[at + 1] = (byte) (value >> 8);
    }

    private Picture decode(String name) throws PictureException {
        return decoder.decode(Samples.bytes(name));
    }

    /** Where the first frame of a simple GIF begins. */
    private record GifFrames(byte[] gif) {
        int first() {
            int at = 13 + (3 << (gif[10] & 7) + 1);
            while (gif[at] == 0x21) {
                at += 3 + gif[at + 2] + 1;
            }
            return at;
        }
    }
}
