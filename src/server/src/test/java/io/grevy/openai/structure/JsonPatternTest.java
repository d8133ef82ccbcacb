package io.grevy.openai.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.openai.ApiException;
import io.grevy.openai.json.Field;
import jakarta.json.JsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatternTest {

    private static String rewritten(String pattern) {
        return JsonPattern.of(new Field("pattern", JsonValue.TRUE), pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "^[a-z]+-[0-9]{2}$ | ^[a-z]+-[0-9]{2}$",
                "a\\.b | a\\.b",
                "[!-~] | [\\x21\\x23-\\x5b\\x5d-\\x7e]",
                "[\\x00-A] | [\\x20-\\x21\\x23-A]",
                "[\\d_] | [0-9\\x5f]",
                "[é-蓝] | [é-蓝]"
            })
    void leavesOutWhatWouldEndTheString(String pattern, String expected) {
        assertThat(rewritten(pattern)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "^.{3}$ | abc",
                "^.{3}$ | a\"c",
                "^.{3}$ | a😀c",
                "^[!-~]*$ | a\\c",
                "^\\D\\W$ | a\"",
                "^\\D\\W$ | a-",
                "^[^a]$ | b",
                "^[^\\w]$ | é"
            })
    void whatItMatchesThePatternMatchesTooAndIsSafe(String pattern, String text) {
        boolean safe = text.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ');

        assertThat(text.matches(pattern)).isTrue();
        assertThat(text.matches(rewritten(pattern))).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\\\b", "a\\nb", "[\"]", "[a", "[\\n]", "a\\", "[z-a]", "[\\x1]"})
    void refusesWhatNeedsThem(String pattern) {
        assertThatThrownBy(() -> rewritten(pattern)).isInstanceOf(ApiException.class);
    }
}
