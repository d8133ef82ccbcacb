package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.RefusedRequestException;
import io.grevy.openai.completions.Completions;
import io.grevy.repository.PipelineType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts without a chat template, and the tokenizer by itself, on models of random weights. */
@Timeout(120)
class RawPromptsTest {

    private static final String PROMPT = "The circle is red, Grüße 日本 😀.";
    private static final String GREEDY = ", \"temperature\": 0, \"max_tokens\": 6, \"ignore_eos\": true}";

    @ParameterizedTest
    @CsvSource({"qwen2, LM_CB", "qwen2, LM", "qwen2_vl, VLM_CB", "qwen2_vl, VLM", "llama, LM_CB", "gemma3, VLM_CB"})
    void tokensAreAnsweredAsTheTextTheyComeFrom(String fixture, PipelineType type) throws Exception {
        try (OpenModel model = OpenModel.of(fixture, type, new Unrecorded())) {
            long[] tokens = model.thread().call(() -> model.tokenizer().encode(PROMPT, true));

            Answers ofText = ask(model, "{\"prompt\": \"" + PROMPT + "\"" + GREEDY);
            Answers ofTokens = ask(model, "{\"prompt\": " + Arrays.toString(tokens) + GREEDY);

            assertThat(ofText.usage().promptTokens()).isEqualTo(tokens.length);
            assertThat(ofText.usage().completionTokens()).isEqualTo(6);
            assertThat(ofTokens.texts()).isEqualTo(ofText.texts());
            assertThat(ofTokens.usage()).isEqualTo(ofText.usage());
        }
    }

    @Test
    void severalPromptsAreAnsweredAsEachAlone() throws Exception {
        try (OpenModel model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded())) {
            Answers first = ask(model, "{\"prompt\": \"One\"" + GREEDY);
            Answers second = ask(model, "{\"prompt\": \"Another text\"" + GREEDY);
            Answers both = ask(model, "{\"prompt\": [\"One\", \"Another text\"], \"n\": 2" + GREEDY);

            assertThat(first.texts()).isNotEqualTo(second.texts());
            assertThat(both.choice(0).text()).isEqualTo(first.choice(0).text());
            assertThat(both.choice(1).text()).isEqualTo(first.choice(0).text());
            assertThat(both.choice(2).text()).isEqualTo(second.choice(0).text());
            assertThat(both.choice(3).text()).isEqualTo(second.choice(0).text());
            assertThat(both.usage().promptTokens())
                    .isEqualTo(first.usage().promptTokens() + second.usage().promptTokens());
            assertThat(both.usage().completionTokens()).isEqualTo(24);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
            qwen2    § LM_CB  § ["a", "<|im_start|>"] § prompt[1] § The text holds '<|im_start|>' at character 0, which this model reserves for itself.
            qwen2_vl § VLM_CB § "x <ov_genai_image_0>"  § prompt    § The text holds '<ov_genai_image_' at character 2, which this model reserves for itself.
            qwen2    § LM_CB  § [1, 99999999]           § prompt    § prompt holds 99999999; this model's tokens are numbered from 0 to
            qwen2    § LM_CB  § ""                      § prompt    § prompt must hold at least one token.
            """)
    void refusesNamingThePrompt(String fixture, PipelineType type, String prompt, String field, String message)
            throws Exception {
        try (OpenModel model = OpenModel.of(fixture, type, new Unrecorded())) {
            assertThatThrownBy(() -> ask(model, "{\"prompt\": " + prompt + GREEDY))
                    .isInstanceOfSatisfying(
                            RefusedRequestException.class,
                            e -> assertThat(e.field()).isEqualTo(field))
                    .hasMessageStartingWith(message);
        }
    }

    @Test
    void tokensOfPictureTagsAreRefused() throws Exception {
        try (OpenModel model = OpenModel.of("qwen2_vl", PipelineType.VLM_CB, new Unrecorded())) {
            long[] tokens = model.thread().call(() -> model.tokenizer().encode("a<|image_pad|>", false));

            assertThatThrownBy(() -> ask(model, "{\"prompt\": " + Arrays.toString(tokens) + GREEDY))
                    .hasMessageContaining("<|image_pad|>");
        }
    }

    @Test
    void aPromptThatIsTooLongIsNamed() throws Exception {
        try (OpenModel model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded())) {
            assertThatThrownBy(() -> ask(model, "{\"prompt\": \"" + "far too long ".repeat(20_000) + "\"" + GREEDY))
                    .isInstanceOfSatisfying(
                            RefusedRequestException.class,
                            e -> assertThat(e.field()).isEqualTo("prompt"));
        }
    }

    @Test
    void theTokenizerGivesBackWhatItGot() throws Exception {
        try (OpenModel model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded())) {
            ThreadTokenizer tokenizer =
                    new ThreadTokenizer(model.tokenizer(), model.thread(), 1, OptionalInt.empty(), OptionalInt.empty());

            assertThat(tokenizer.decode(tokenizer.encode(PROMPT, true), false)).isEqualTo(PROMPT);
        }
    }

    @Test
    void aChatTemplateFromAFileIsTriedOut(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("chat.jinja");
        try (OpenModel model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded())) {
            assertThat(template(model, Optional.empty()).text()).contains("<|im_start|>");

            assertThatThrownBy(() -> template(model, Optional.of(file)))
                    .hasMessage("chat_template_file '" + file + "': there is no such file");

            Files.writeString(file, "{% for message in messages %}{{ message.content }}");
            assertThatThrownBy(() -> template(model, Optional.of(file)))
                    .hasMessageStartingWith(
                            "chat_template_file '" + file + "': it does not make a prompt of one message: ");

            Files.writeString(file, "{{ messages[0].content }}");
            assertThat(template(model, Optional.of(file)).text()).isEqualTo("{{ messages[0].content }}");
        }
    }

    private static ChatTemplate template(OpenModel model, Optional<Path> file) throws Exception {
        return model.thread().call(() -> ChatTemplate.of(file, model.tokenizer()));
    }

    private static Answers ask(OpenModel model, String members) throws Exception {
        return Answers.of(model.engine().start(Completions.asking(members)));
    }
}
