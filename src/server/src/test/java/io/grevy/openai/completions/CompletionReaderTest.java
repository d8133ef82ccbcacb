package io.grevy.openai.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.RawPrompt;
import io.grevy.openai.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionReaderTest {

    @Test
    void readsPromptsInEachForm() {
        assertThat(Completions.read("{\"prompt\": \"a\"}").prompts())
                .isEqualTo(List.of(new RawPrompt.Text("prompt", "a", true)));
        assertThat(Completions.read("{\"prompt\": [1, 2]}").prompts())
                .isEqualTo(List.of(new RawPrompt.Tokens("prompt", List.of(1, 2))));
        assertThat(Completions.read("{\"prompt\": [\"a\", [3]], \"add_special_tokens\": false}")
                        .prompts())
                .isEqualTo(List.of(
                        new RawPrompt.Text("prompt[0]", "a", false), new RawPrompt.Tokens("prompt[1]", List.of(3))));
    }

    @Test
    void givesSixteenTokensWhereNothingIsSaid() {
        assertThat(Completions.read("{}").stopping().maxTokens()).hasValue(16);
        assertThat(Completions.read("{\"min_tokens\": 20}").stopping().maxTokens())
                .hasValue(20);
        assertThat(Completions.read("{\"max_tokens\": 3}").stopping().maxTokens())
                .hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'prompt': 5}                        | prompt     | prompt must be a string, an array of token ids, or an array of such, not 5.
            {'prompt': ['a', 5]}                 | prompt[1]  | prompt[1] must be a string or an array of token ids, not 5.
            {'prompt': [1, 'a']}                 | prompt[1]  | prompt[1] must be a number, not a string.
            {'prompt': [[1], [-1]]}              | prompt[1][0] | prompt[1][0] must be an integer between 0 and 2147483647, not -1.
            {'prompt': ['a', 'b', 'c'], 'n': 4}  | prompt     | prompt may hold at most 2 prompts here, each of n or best_of choices, not 3.
            {'logprobs': 5}                      | logprobs   | logprobs is supported only as 0 or 1: the engine tells the chosen token's probability alone.
            {'logprobs': 0, 'echo': true}        | logprobs   | logprobs cannot be combined with echo: the engine does not tell the prompt's probabilities.
            {'suffix': 'x'}                      | suffix     | suffix is not supported yet.
            {'messages': []}                     | messages   | Unrecognized request argument supplied: messages.
            {'tools': []}                        | tools      | Unrecognized request argument supplied: tools.
            {'max_completion_tokens': 5}         | max_completion_tokens | Unrecognized request argument supplied: max_completion_tokens.
            """)
    void refusesNamingTheField(String members, String param, String message) {
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> Completions.read(members.replace('\'', '"')));

        assertThat(refused).hasMessage(message);
        assertThat(refused.param()).contains(param);
        assertThat(refused.code().status()).isEqualTo(400);
    }

    @Test
    void takesNullForAbsent() {
        assertThat(Completions.read("{\"suffix\": null, \"logprobs\": null, \"best_of\": null, \"user\": null}"))
                .isEqualTo(Completions.read("{}"));
    }
}
