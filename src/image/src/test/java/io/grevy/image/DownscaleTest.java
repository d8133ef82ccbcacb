package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownscaleTest {

    @ParameterizedTest
    @CsvSource({
        "1024, 768, 512, 384",
        "768, 1024, 384, 512",
        "513, 512, 512, 511",
        "4000, 3, 512, 1",
        "600, 600, 512, 512"
    })
    void keepsTheShape(int width, int height, int scaledWidth, int scaledHeight) {
        Picture scaled = picture(width, height).scaledDownTo(512);

        assertThat(scaled.width()).isEqualTo(scaledWidth);
        assertThat(scaled.height()).isEqualTo(scaledHeight);
    }

    @Test
    void aPictureThatFitsStaysItself() {
        Picture picture = picture(512, 40);

        assertThat(picture.scaledDownTo(512)).isSameAs(picture);
    }

    @Test
    void aPixelIsTheMeanOfWhatItCovers() {
        byte[] rgb = {
            0,
            0,
            0,
            100,
            20,
            (byte) 200,
            10,
            10,
            10,
            30,
            30,
            30,
            (byte) 200,
            0,
            0,
            100,
            20,
            (byte) 200,
            10,
            10,
            10,
            30,
            30,
            30,
        };

        Picture scaled = new Picture(4, 2, rgb).scaledDownTo(2);

        assertThat(scaled).hasToString("Picture[2x1]");
        assertThat(scaled.rgb()).containsExactly(100, 10, 100, 20, 20, 20);
    }

    @Test
    void aPixelThatIsCoveredInPartCountsInPart() {
        Picture three = new Picture(3, 1, new byte[] {0, 0, 0, 90, 90, 90, (byte) 240, (byte) 240, (byte) 240});

        Picture two = three.scaledDownTo(2);

        // 1.5 pixels each: 0 and half of 90; half of 90 and 240.
        assertThat(two.rgb()).containsExactly(30, 30, 30, (byte) 190, (byte) 190, (byte) 190);
    }

    @Test
    void keepsTheMeanOfTheWholePicture() {
        Picture picture = picture(1500, 1000);

        assertThat(mean(picture.scaledDownTo(512))).isCloseTo(mean(picture), org.assertj.core.data.Offset.offset(0.6));
    }

    @Test
    void aPlainColourStaysAsItIs() {
        byte[] rgb = new byte[700 * 900 * 3];
        java.util.Arrays.fill(rgb, (byte) 255);

        assertThat(new Picture(700, 900, rgb).scaledDownTo(512).rgb()).containsOnly(255);
    }

    @Test
    void nothingIsNoSize() {
        assertThatThrownBy(() -> picture(2, 2).scaledDownTo(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double mean(Picture picture) {
        double sum = 0;
        for (byte value : picture.rgb()) {
            sum += value & 0xff;
        }
        return sum / picture.rgb().length;
    }

    private static Picture picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        new Random(1).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }
}
