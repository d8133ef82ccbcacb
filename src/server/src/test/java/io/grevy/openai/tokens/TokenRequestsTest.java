package io.grevy.openai.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.ModelTokenizer;
import io.grevy.openai.ApiException;
import io.grevy.openai.tokens.Fitting.Padding;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRequestsTest {

    @Test
    void readsTextsUnderBothNames() {
        TokenizeRequest one = tokenize("{'model': 'm', 'text': 'abc'}");
        assertThat(one.texts()).containsExactly("abc");
        assertThat(one.single()).isTrue();
        assertThat(one.addSpecialTokens()).isTrue();
        assertThat(tokenize("{'model': 'm', 'prompt': 'abc'}")).isEqualTo(one);
        TokenizeRequest two = tokenize("{'model': 'm', 'text': ['a', ''], 'add_special_tokens': false}");
        assertThat(two.texts()).containsExactly("a", "");
        assertThat(two.single()).isFalse();
        assertThat(two.addSpecialTokens()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model': 'm'}                                    | text              | text is required.
            {'text': 'a'}                                     | model             | model is required.
            {'model': 'm', 'text': 5}                         | text              | text must be a string or an array of strings, not 5.
            {'model': 'm', 'text': []}                        | text              | text must hold between 1 and 1024 texts, not 0.
            {'model': 'm', 'text': ['a', 5]}                  | text[1]           | text[1] must be a string, not 5.
            {'model': 'm', 'text': 'a', 'prompt': 'b'}        | prompt            | prompt cannot be combined with text; one of them is enough.
            {'model': 'm', 'messages': []}                    | messages          | messages is not supported yet.
            {'model': 'm', 'text': 'a', 'max_length': 0}      | max_length        | max_length must be an integer between 1 and 1048576, not 0.
            {'model': 'm', 'text': 'a', 'pad_to_max_length': true} | pad_to_max_length | pad_to_max_length needs max_length.
            {'model': 'm', 'text': 'a', 'padding_side': 'left'} | padding_side    | padding_side has a meaning only with pad_to_max_length.
            {'model': 'm', 'text': 'a', 'return_token_strs': true} | return_token_strs | return_token_strs is supported only as false.
            {'model': 'm', 'text': 'a', 'stream': true}       | stream            | Unrecognized request argument supplied: stream.
            """)
    void refusesNamingTheField(String body, String param, String message) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> tokenize(body));

        assertThat(refused).hasMessage(message);
        assertThat(refused.param()).contains(param);
    }

    @Test
    void boundsTheSizes() {
        assertThatThrownBy(() -> tokenize("{'model': 'm', 'text': '" + "a".repeat((1 << 20) + 1) + "'}"))
                .hasMessage("text may hold at most 1048576 characters, not 1048577.");
        assertThatThrownBy(() ->
                        tokenize("{'model': 'm', 'text': ['a', 'b'], 'max_length': 600000, 'pad_to_max_length': true}"))
                .hasMessage("max_length of all texts together may be at most 1048576 with padding.");
        assertThatThrownBy(() -> detokenize("{'model': 'm', 'tokens': [" + "1,".repeat(1 << 18) + "1]}"))
                .hasMessageStartingWith("tokens may hold at most 262144 tokens of 1024 texts, not 262145 of 1");
    }

    @Test
    void readsTokens() {
        assertThat(detokenize("{'model': 'm', 'tokens': [1, 2]}").texts())
                .singleElement()
                .satisfies(text -> assertThat(text.ids()).containsExactly(1, 2));
        assertThat(detokenize("{'model': 'm', 'tokens': [[1], []]}").texts()).hasSize(2);
        assertThat(detokenize("{'model': 'm', 'tokens': []}").single()).isTrue();
        assertThatThrownBy(() -> detokenize("{'model': 'm', 'tokens': [1, 'a']}"))
                .hasMessage("tokens[1] must be a number, not a string.");
        assertThatThrownBy(() -> detokenize("{'model': 'm', 'tokens': [[1], [9]]}")
                        .texts()
                        .get(1)
                        .within(9))
                .hasMessage("tokens[1][0] is 9; this model's tokens are numbered from 0 to 8.");
    }

    @Test
    void cutsTheTextAndKeepsWhatIsAddedAroundIt() throws Exception {
        Around tokenizer = new Around(OptionalInt.of(7));

        assertThat(fit(OptionalInt.empty(), Padding.NONE).tokens("abc", true, tokenizer))
                .containsExactly(1, 'a', 'b', 'c', 2);
        assertThat(fit(OptionalInt.of(4), Padding.NONE).tokens("abc", true, tokenizer))
                .containsExactly(1, 'a', 'b', 2);
        assertThat(fit(OptionalInt.of(2), Padding.NONE).tokens("abc", false, tokenizer))
                .containsExactly('a', 'b');
        assertThat(fit(OptionalInt.of(2), Padding.NONE).tokens("abc", true, tokenizer))
                .containsExactly(1, 2);
        assertThatThrownBy(() -> fit(OptionalInt.of(1), Padding.NONE).tokens("abc", true, tokenizer))
                .hasMessageStartingWith("max_length must be at least 2");
    }

    @Test
    void fillsUpOnEitherSide() throws Exception {
        Around tokenizer = new Around(OptionalInt.of(7));

        assertThat(fit(OptionalInt.of(4), Padding.RIGHT).tokens("ab", false, tokenizer))
                .containsExactly('a', 'b', 7, 7);
        assertThat(fit(OptionalInt.of(4), Padding.LEFT).tokens("ab", false, tokenizer))
                .containsExactly(7, 7, 'a', 'b');
        assertThatThrownBy(
                        () -> fit(OptionalInt.of(4), Padding.LEFT).tokens("ab", false, new Around(OptionalInt.empty())))
                .hasMessageStartingWith("pad_to_max_length is not supported by this model");
    }

    private static Fitting fit(OptionalInt longest, Padding padding) {
        return new Fitting(longest, padding);
    }

    private static TokenizeRequest tokenize(String body) {
        return TokenizeReader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static DetokenizeRequest detokenize(String body) {
        return DetokenizeRequest.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A character a token, with 1 before a text and 2 behind it. */
    private record Around(OptionalInt paddingToken) implements ModelTokenizer {
        @Override
        public int[] encode(String text, boolean addSpecialTokens) {
            IntStream plain = text.chars();
            return (addSpecialTokens
                            ? IntStream.concat(IntStream.concat(IntStream.of(1), plain), IntStream.of(2))
                            : plain)
                    .toArray();
        }

        @Override
        public String decode(int[] tokens, boolean skipSpecialTokens) {
            return new String(tokens, 0, tokens.length);
        }

        @Override
        public int vocabularySize() {
            return Character.MAX_VALUE;
        }

        @Override
        public OptionalInt contextLength() {
            return OptionalInt.empty();
        }
    }
}
