package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void writesEveryFieldSoThatItIsReadAgain() throws IOException {
        TestModels.graph(folder, GraphReadingTest.EVERYTHING);
        GraphDescription description = GraphFile.read(file());
        Files.delete(file());

        GraphFile.write(file(), description);

        assertThat(GraphFile.read(file())).isEqualTo(description);
    }

    @Test
    void writesPromptLookupIntoThePluginConfig() throws IOException {
        TestModels.graph(folder, "models_path: './' plugin_config: '{\"prompt_lookup\": true, \"NUM_STREAMS\": 1}'");
        GraphDescription description = GraphFile.read(file());

        GraphFile.write(file(), description);

        assertThat(GraphFile.read(file())).isEqualTo(description);
        assertThat(file()).content().contains("{\\\"NUM_STREAMS\\\":1,\\\"prompt_lookup\\\":true}");
    }

    @Test
    void hasTheFormOfOvms() throws IOException {
        GraphFile.write(
                file(),
                GraphDescription.of(
                        Path.of(""),
                        options(Map.of(
                                "pipeline_type", "VLM",
                                "target_device", "GPU",
                                "kv_cache_precision", "u8",
                                "cache_size", "3"))));

        assertThat(file()).hasContent("""
                input_stream: "HTTP_REQUEST_PAYLOAD:input"
                output_stream: "HTTP_RESPONSE_PAYLOAD:output"
                node {
                  name: "LLMExecutor"
                  calculator: "HttpLLMCalculator"
                  input_stream: "LOOPBACK:loopback"
                  input_stream: "HTTP_REQUEST_PAYLOAD:input"
                  output_stream: "LOOPBACK:loopback"
                  output_stream: "HTTP_RESPONSE_PAYLOAD:output"
                  input_side_packet: "LLM_NODE_RESOURCES:llm"
                  input_stream_info {
                    tag_index: "LOOPBACK:0"
                    back_edge: true
                  }
                  input_stream_handler {
                    input_stream_handler: "SyncSetInputStreamHandler"
                    options {
                      [mediapipe.SyncSetInputStreamHandlerOptions.ext] {
                        sync_set {
                          tag_index: "LOOPBACK:0"
                        }
                      }
                    }
                  }
                  node_options {
                    [type.googleapis.com/mediapipe.LLMCalculatorOptions] {
                      models_path: "./"
                      device: "GPU"
                      pipeline_type: VLM
                      max_num_batched_tokens: 256
                      max_num_seqs: 256
                      cache_size: 3
                      enable_prefix_caching: true
                      plugin_config: "{\\"KV_CACHE_PRECISION\\":\\"u8\\"}"
                    }
                  }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "int4", "1/deep er", "modèle-模型", "it's \"quoted\""})
    void writesPathsRelativeToTheFile(String models) throws IOException {
        GraphFile.write(file(), GraphDescription.of(folder.resolve(models), ServingOptions.none()));

        assertThat(file()).content().contains("models_path: \"./").doesNotContain(folder.toString());
        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(folder.resolve(models));
    }

    @Test
    void writesPathsElsewhereAsTheyAre() throws IOException {
        Path elsewhere = folder.resolveSibling("elsewhere");

        GraphFile.write(file(), GraphDescription.of(elsewhere, ServingOptions.none()));
        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(elsewhere);

        GraphFile.write(file(), GraphDescription.of(Path.of("../elsewhere"), ServingOptions.none()));
        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(elsewhere);
        assertThat(file()).content().contains("models_path: \"../elsewhere\"");
    }

    @Test
    void saysWhatTheCommandLineTakesForGranted() throws IOException {
        GraphFile.write(file(), GraphDescription.of(folder, ServingOptions.none()));

        assertThat(GraphFile.read(file()))
                .isEqualTo(new GraphDescription(folder, Optional.empty(), ExecutionSettings.defaults()));
    }

    @Test
    void replacesAnEarlierFileAndLeavesNothingElse() throws IOException {
        TestModels.write(file(), "anything");

        GraphFile.write(file(), GraphDescription.of(folder, ServingOptions.none()));

        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEqualTo(List.of(file()));
        }
    }

    @Test
    void leavesAnEarlierFileWhereItCannotBeReplaced() throws IOException {
        Files.createDirectories(file().resolve("in the way"));

        assertThatThrownBy(() -> GraphFile.write(file(), GraphDescription.of(folder, ServingOptions.none())))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).isEqualTo(List.of(file()));
        }
    }

    private Path file() {
        return folder.resolve("graph.pbtxt");
    }

    private static ServingOptions options(Map<String, String> settings) {
        return ServingOptions.read(key -> Optional.ofNullable(settings.get(key)));
    }
}
