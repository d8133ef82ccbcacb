package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RgbTest {
    @Test
    void refusesASizeThatIsNotItsPixels() {
        refuses(2, 2, 11);
        refuses(0, 2, 0);
        refuses(2, -1, 6);
        refuses(1 << 16, 1 << 16, 0); // 3 * 2^32 bytes, which is 0 in an int
    }

    private static void refuses(int width, int height, int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rgb(width, height, new byte[bytes]));
    }
}
