package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void splitsAtSpacesOutsideOfQuotes() {
        assertThat(ShellWords.split("x", " --sym  --ratio 1.0 '--a b' \"it's\" --empty '' c'd e'f"))
                .containsExactly("--sym", "--ratio", "1.0", "--a b", "it's", "--empty", "", "cd ef");
        assertThat(ShellWords.split("x", "  ")).isEmpty();
    }

    @Test
    void namesTheSettingWhoseQuoteIsLeftOpen() {
        assertThatThrownBy(() -> ShellWords.split("extra", "--a 'b"))
                .isInstanceOf(ExportException.class)
                .hasMessage("extra '--a 'b': a quote is left open");
    }
}
