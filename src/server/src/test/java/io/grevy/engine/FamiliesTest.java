package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.image.Picture;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.Role;
import io.grevy.openvino.BatchingPipeline;
import io.grevy.openvino.StepOutput;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.ServingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each family of models with its own chat template, special tokens and picture tags, in the real engine. */
@Timeout(120)
class FamiliesTest {
    private static final Path FIXTURES = Path.of(System.getProperty("repository.root"), "models/fixtures");
    private static final int TOKENS = 12;

    @ParameterizedTest
    @CsvSource({
        "qwen2_vl, <|im_start|>",
        "qwen2_5_vl, <|vision_start|>",
        "qwen3_vl, <|image_pad|>",
        "llava, </s>",
        "llava_next, <image>",
        "internvl_chat, <IMG_CONTEXT>",
        "gemma3, <start_of_turn>",
        "gemma3, <start_of_image>",
        "phi3_v, <|end|>",
        "phi3_v, <|image_1|>",
        "minicpmv, <slice>",
        "minicpmv, <image>./</image>"
    })
    void answersAboutAPictureAndRefusesItsOwnTagsInText(String family, String reserved) throws Exception {
        try (Opened opened = Opened.of(FIXTURES.resolve(family))) {
            Answer blind = opened.ask(new Part.Text("What do you see?"));
            Answer seeing = opened.ask(new Part.Image(picture()), new Part.Text("What do you see?"));

            assertThat(seeing.tokens).hasSize(TOKENS).isNotEqualTo(blind.tokens);
            assertThat(seeing.promptTokens).isGreaterThan(blind.promptTokens + 5);
            assertThatThrownBy(() -> opened.ask(new Part.Text("a " + reserved)))
                    .isInstanceOf(RefusedRequestException.class)
                    .hasMessageContaining("at character 2, which this model reserves for itself");
        }
    }

    @ParameterizedTest
    @CsvSource({"qwen2, <|im_end|>", "qwen3, <|im_start|>", "llama, <s>", "llama_gguf, <|im_end|>"})
    void answersATextAndRefusesItsOwnTagsInIt(String family, String reserved) throws Exception {
        try (Opened opened = Opened.of(FIXTURES.resolve(family))) {
            assertThat(opened.ask(new Part.Text("What do you see?")).tokens).hasSize(TOKENS);
            assertThatThrownBy(() -> opened.ask(new Part.Text("a " + reserved)))
                    .isInstanceOf(RefusedRequestException.class)
                    .hasMessageContaining("'" + reserved + "' at character 2");
        }
    }

    /** The engine knows its types best, and says so itself. */
    @Test
    void aTypeThatTheEngineDoesNotKnowIsRefusedByName(@TempDir Path folder) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve("llava"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path config = folder.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"model_type\": \"llava\"", "\"model_type\": \"smolvlm\""));

        assertThatThrownBy(() -> Opened.of(folder))
                .hasMessage(
                        "OpenVINO GenAI does not load this model of type smolvlm: Unsupported 'smolvlm' VLM model type")
                .hasNoCause();
    }

    private static Picture picture() {
        byte[] rgb = new byte[120 * 90 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        return new Picture(120, 90, rgb);
    }

    private record Answer(List<Long> tokens, int promptTokens) {}

    private record Opened(BatchingPipeline pipeline, PromptComposer composer, TokenizerThread thread)
            implements AutoCloseable {

        static Opened of(Path model) throws Exception {
            ModelDefinition definition =
                    ModelRepository.single("m", model, ServingOptions.read(key -> java.util.Optional.empty()));
            EngineBeans beans = new EngineBeans();
            TokenizerThread thread = new TokenizerThread("m");
            ModelPipeline pipeline = beans.pipeline(definition, thread, new EngineSettings(Duration.ofMinutes(5), 0));
            return new Opened(
                    ((ModelPipeline.Batching) pipeline).pipeline(),
                    beans.composer(
                            definition,
                            pipeline,
                            beans.chatTemplate(definition, pipeline, thread),
                            beans.specialTokens(definition)),
                    thread);
        }

        Answer ask(Part... parts) throws Exception {
            ComposedPrompt prompt =
                    composer.compose(InferenceRequest.of("m", List.of(new Message(Role.USER, List.of(parts)))));
            Map<String, Object> options = Map.of("max_new_tokens", TOKENS, "ignore_eos", true, "do_sample", false);
            if (prompt.tokens().isPresent()) {
                pipeline.add(prompt.tokens().get(), options);
            } else {
                pipeline.add(prompt.text(), prompt.pictures(), prompt.videos(), options);
            }
            List<Long> tokens = new ArrayList<>();
            int promptTokens = 0;
            while (pipeline.hasUnfinished()) {
                for (StepOutput output : pipeline.step()) {
                    for (long token : output.tokens()) {
                        tokens.add(token);
                    }
                    promptTokens = output.promptTokens();
                }
            }
            return new Answer(tokens, promptTokens);
        }

        @Override
        public void close() {
            pipeline.close();
            thread.end();
        }
    }
}
