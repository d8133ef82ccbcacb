package io.grevy.openai.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "70e-1", "0.7e1"})
    void takesAnIntegerHoweverItIsWritten(String text) {
        assertThat(field(text).asInt(1, 10)).isEqualTo(7);
    }

    @Test
    void refusesWhatIsNoInteger() {
        assertThatThrownBy(() -> field("7.5").asInt(1, 10)).hasMessage("a must be an integer, not 7.5.");
        assertThatThrownBy(() -> field("\"7\"").asInt(1, 10)).hasMessage("a must be a number, not a string.");
        assertThatThrownBy(() -> field("[]").asInt(1, 10)).hasMessage("a must be a number, not an array.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1e999999999", "-1e999999999", "99999999999999999999"})
    void refusesAnIntegerOutOfItsRange(String text) {
        assertThatThrownBy(() -> field(text).asInt(1, 10))
                .hasMessageStartingWith("a must be an integer between 1 and 10, not ");
    }

    @Test
    void keepsAllBitsOfALargeInteger() {
        BigInteger most = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

        assertThat(field("18446744073709551615").asInteger(BigInteger.ZERO, most))
                .isEqualTo(most);
    }

    @Test
    void checksTheEndsOfARange() {
        assertThat(field("0").asNumber(Range.between(0, 2))).isZero();
        assertThat(field("2").asNumber(Range.between(0, 2))).isEqualTo(2);
        assertThatThrownBy(() -> field("2.001").asNumber(Range.between(0, 2)))
                .hasMessage("a must be between 0 and 2, not 2.001.");
        assertThatThrownBy(() -> field("0").asNumber(Range.above(0, 1)))
                .hasMessage("a must be above 0 and at most 1, not 0.");
        assertThatThrownBy(() -> field("0").asNumber(Range.above(0, 9)))
                .hasMessage("a must be above 0 and at most 9, not 0.");
        assertThatThrownBy(() -> field("1e999").asNumber(Range.above(0, 9)))
                .hasMessageStartingWith("a must be above 0");
    }

    @Test
    void refusesALoneSurrogate() {
        assertThat(field("\"\\ud83d\\ude00\"").asText()).isEqualTo("😀");
        assertThatThrownBy(() -> field("\"ab\\ud83d\"").asText())
                .hasMessage("a is not valid Unicode: the surrogate at position 2 stands alone.");
        assertThatThrownBy(() -> field("\"\\ude00\\ud83d\"").asText()).hasMessageContaining("position 0");
    }

    @Test
    void neverEchoesALongValue() {
        String text = "x".repeat(100_000);

        assertThatThrownBy(() -> field("\"" + text + "\"").asOneOf(java.util.List.of("auto")))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static Field field(String json) {
        byte[] text = ("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return new Fields("", JsonText.parseObject(text)).required("a");
    }
}
