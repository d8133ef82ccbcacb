package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigureTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void writesDownWhatServingWithTheOptionsWouldDo() throws IOException {
        TestModels.text(folder);
        Map<String, String> settings = Map.of(
                "pipeline_type", "LM_CB",
                "target_device", "GPU",
                "cache_size", "8",
                "max_num_seqs", "128",
                "kv_cache_precision", "u8",
                "cache_interval_multiplier", "2",
                "tool_parser", "mistral",
                "reasoning_parser", "qwen3",
                "enable_tool_guided_generation", "true");
        ModelDefinition served = ModelRepository.single("m", folder, options(settings));

        Path file = ModelRepository.configure(folder, options(settings));

        assertThat(file).isEqualTo(folder.resolve("graph.pbtxt"));
        assertThat(ModelRepository.single("m", folder, ServingOptions.none())).isEqualTo(served);
    }

    @Test
    void keepsWhatAGraphSaysAndTheOptionsDoNot() throws IOException {
        TestModels.text(folder);
        TestModels.graph(folder, "models_path: './' cache_size: 4 max_tokens_limit: 9 sparse_attention_config {}");

        ModelRepository.configure(folder, options(Map.of("cache_size", "5")));

        ExecutionSettings execution =
                GraphFile.read(folder.resolve("graph.pbtxt")).execution();
        assertThat(execution.scheduling().cacheSizeGb()).isEqualTo(5);
        assertThat(execution.scheduling().enablePrefixCaching()).isFalse();
        assertThat(execution.scheduling().sparseAttention()).isPresent();
        assertThat(execution.maxTokensLimit()).hasValue(9);
    }

    @Test
    void writesBesideAModelInAVersionFolder() throws IOException {
        TestModels.text(folder.resolve("1"));
        TestModels.text(folder.resolve("2"));

        assertThat(ModelRepository.configure(folder, ServingOptions.none())).isEqualTo(folder.resolve("2/graph.pbtxt"));
        assertThat(ModelRepository.single("m", folder, ServingOptions.none()).folder())
                .isEqualTo(folder.resolve("2"));
    }

    @Test
    void writesADraftModelRelativeToTheFile() throws IOException {
        TestModels.text(folder);
        TestModels.text(folder.resolve("org-small"));

        Path file = ModelRepository.configure(folder, options(Map.of("draft_source_model", "org/small")));

        assertThat(file).content().contains("draft_models_path: \"./org-small\"");
    }

    @Test
    void writesNothingWhereTheModelWouldNotBeServed() {
        TestModels.text(folder);

        assertThatThrownBy(() -> ModelRepository.configure(folder, options(Map.of("pipeline_type", "VLM"))))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("is for vision-language models");
        assertThat(folder.resolve("graph.pbtxt")).doesNotExist();
    }

    private static ServingOptions options(Map<String, String> settings) {
        return ServingOptions.read(key -> Optional.ofNullable(settings.get(key)));
    }
}
