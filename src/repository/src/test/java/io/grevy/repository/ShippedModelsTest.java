package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that export tools have written, as this repository ships them. */
class ShippedModelsTest {
    private static final Path MODELS = Path.of(System.getProperty("repository.root"), "models");

    @ParameterizedTest
    @CsvSource({
        "qwen2_vl, VLM_CB",
        "qwen2_5_vl, VLM_CB",
        "qwen3_vl, VLM_CB",
        "llava, VLM_CB",
        "llava_next, VLM_CB",
        "internvl_chat, VLM_CB",
        "gemma3, VLM_CB",
        "phi3_v, VLM_CB",
        "minicpmv, VLM_CB",
        "qwen2, LM_CB",
        "qwen3, LM_CB",
        "llama, LM_CB"
    })
    void describesEachFixture(String type, PipelineType pipeline) {
        ModelDefinition definition =
                ModelRepository.single(type, MODELS.resolve("fixtures").resolve(type), ServingOptions.none());

        assertThat(definition.pipeline()).isEqualTo(pipeline);
        assertThat(definition.facts().modelType()).isEqualTo(type);
        assertThat(definition.facts().vision()).isEqualTo(pipeline.vision());
        assertThat(definition.facts().contextLength().orElse(0)).isPositive();
    }

    @Test
    void readsTheDemosGraph() {
        Path demo = MODELS.resolve("grevy/demo");

        assertThat(GraphFile.read(demo.resolve("graph.pbtxt")))
                .isEqualTo(new GraphDescription(
                        demo,
                        Optional.of(PipelineType.VLM_CB),
                        new ExecutionSettings(
                                "CPU",
                                new Scheduling(
                                        1,
                                        256,
                                        8192,
                                        true,
                                        true,
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                Map.of(),
                                new Speculation.None(),
                                OptionalInt.empty(),
                                20)));
    }
}
