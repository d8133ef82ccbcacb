package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenizerTest {
    private static final String HELLO = "[{\"role\":\"user\",\"content\":\"héllo 日本 😀\"}]";

    private BatchingPipeline pipeline;
    private Tokenizer tokenizer;

    @BeforeAll
    void open() {
        pipeline = Models.batching(Models.text());
        tokenizer = pipeline.tokenizer();
    }

    @AfterAll
    void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Grüße aus 日本, 😀 café €5.\n", "a\0b\0", "\0", " ", "\uD83D\uDE00", "a\r\n\tb"})
    void everyTextComesBackAsItWas(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text, false), false)).isEqualTo(text);
    }

    @Test
    void aLongTextComesBackAsItWas() {
        String text = "The circle is red, 日本 😀. ".repeat(20_000);
        assertThat(tokenizer.decode(tokenizer.encode(text, false), false)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83Db", "\uDE00", "\uD83D", "\uDE00\uD83D"})
    void aLoneSurrogateBecomesTheReplacementCharacter(String text) {
        String expected = text.replace('\uD83D', '\uFFFD').replace('\uDE00', '\uFFFD');
        assertThat(tokenizer.decode(tokenizer.encode(text, false), false)).isEqualTo(expected);
    }

    @Test
    void aCutCharacterIsMarkedAndItsVocabularyBytesAreExact() {
        long[] tokens = tokenizer.encode("日本 😀 é", false);
        byte[][] vocabulary = tokenizer.vocabulary();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(tokens).forEach(token -> bytes.writeBytes(vocabulary[(int) token]));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("日本 😀 é");
        assertThat(tokenizer.decode(Arrays.copyOf(tokens, 1), false)).contains("\uFFFD");
        assertThat(vocabulary).hasNumberOfRows(tokenizer.vocabularySize());
    }

    @Test
    void everyBytePieceOfTheVocabularyDecodesToItself() {
        byte[][] vocabulary = tokenizer.vocabulary();
        assertThat(IntStream.range(0, vocabulary.length))
                .allSatisfy(id -> assertThat(tokenizer.decode(new long[] {id}, false))
                        .isEqualTo(new String(vocabulary[id], StandardCharsets.UTF_8)));
    }

    @Test
    void tokensThatDoNotExistDecodeToNothing() {
        assertThat(tokenizer.decode(new long[] {}, false)).isEmpty();
        assertThat(tokenizer.decode(new long[] {99_999_999}, false)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeAToken() {
        for (long id : new long[] {-1, 1L << 31, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> tokenizer.decode(new long[] {id}, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Long.toString(id));
        }
    }

    @Test
    void specialTokensAreSkippedOnDemand() {
        long[] end = {tokenizer.eosTokenId()};
        assertThat(tokenizer.decode(end, true)).isEmpty();
        assertThat(tokenizer.decode(end, false)).isNotEmpty();
    }

    @Test
    void appliesTheModelsOwnTemplate() {
        assertThat(tokenizer.chatTemplate()).contains("messages");
        String prompt = tokenizer.applyChatTemplate(HELLO, true, "", "", "");
        assertThat(prompt).contains("héllo 日本 😀");
        assertThat(tokenizer.applyChatTemplate(HELLO, false, "", "", ""))
                .isNotEqualTo(prompt)
                .isSubstringOf(prompt);
        assertThat(tokenizer.applyChatTemplate(HELLO, true, tokenizer.chatTemplate(), "", ""))
                .isEqualTo(prompt);
    }

    @Test
    void aVisionModelKeepsItsTemplateToo() {
        try (BatchingPipeline vision = Models.batching(Models.vision())) {
            assertThat(vision.tokenizer().chatTemplate()).hasSizeGreaterThan(50);
            assertThat(vision.tokenizer().applyChatTemplate(HELLO, true, "", "", ""))
                    .hasSizeGreaterThan("héllo 日本 😀".length())
                    .contains("héllo 日本 😀");
        }
    }

    @Test
    void appliesAnotherTemplateWithToolsAndExtraContext() {
        String template =
                "{{ messages[0].content }}|{{ tools[0].function.name }}|{{ mood }}|{{ add_generation_prompt }}";
        assertThat(tokenizer.applyChatTemplate(
                        HELLO,
                        true,
                        template,
                        "{\"mood\":\"spröde\"}",
                        "[{\"type\":\"function\",\"function\":{\"name\":\"größe\"}}]"))
                .startsWith("héllo 日本 😀|größe|spröde|")
                .endsWithIgnoringCase("true");
    }

    @Test
    void refusesWhatIsNotJsonOrNoTemplate() {
        assertThatThrownBy(() -> tokenizer.applyChatTemplate("no json 日本", true, "", "", ""))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("JSON");
        assertThatThrownBy(() -> tokenizer.applyChatTemplate(HELLO, true, "{% if %}", "", ""))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void manyThreadsMayCall() {
        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> {
                    String text = "text " + i + " of a thread 日本";
                    return tokenizer
                            .decode(tokenizer.encode(text, false), false)
                            .equals(text);
                }))
                .containsOnly(true);
    }
}
