package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository as OVMS's export_model.py leaves it behind for {@code text_generation --source_model
 * OpenGVLab/InternVL2-2B --pipeline_type VLM_CB --config_file_path models/config.json --model_repository_path models}:
 * the same fields in the same form (commas, spaces, a comment with a setting of OVMS's own), with a small model.
 */
class ExportedConfigTest {
    private static final String NAME = "OpenGVLab/InternVL2-2B";

    private static final String CONFIG = """
            {
                "model_config_list": [
                    {
                        "config": {
                            "name": "OpenGVLab/InternVL2-2B",
                            "base_path": "OpenGVLab/InternVL2-2B"
                        }
                    }
                ]
            }""";

    private static final String GRAPH = """
            # OVMS_GRAPH_QUEUE_MAX_SIZE: AUTO
            input_stream: "HTTP_REQUEST_PAYLOAD:input"
            output_stream: "HTTP_RESPONSE_PAYLOAD:output"

            node: {
              name: "LLMExecutor"
              calculator: "HttpLLMCalculator"
              input_stream: "LOOPBACK:loopback"
              input_stream: "HTTP_REQUEST_PAYLOAD:input"
              input_side_packet: "LLM_NODE_RESOURCES:llm"
              input_side_packet: "LLM_NODE_EXECUTION_CONTEXTS:llm_ctx"
              output_stream: "LOOPBACK:loopback"
              output_stream: "HTTP_RESPONSE_PAYLOAD:output"
              input_stream_info: {
                tag_index: 'LOOPBACK:0',
                back_edge: true
              }
              node_options: {
                  [type.googleapis.com / mediapipe.LLMCalculatorOptions]: {
                      pipeline_type: VLM_CB,
                      models_path: "./",
                      plugin_config: '{}',
                      enable_prefix_caching:  true,
                      cache_size: 0,
                      max_num_seqs: 256,
                      device: "CPU",
                  }
              }
              input_stream_handler {
                input_stream_handler: "SyncSetInputStreamHandler",
                options {
                  [mediapipe.SyncSetInputStreamHandlerOptions.ext] {
                    sync_set {
                      tag_index: "LOOPBACK:0"
                    }
                  }
                }
              }
            }""";

    @TempDir
    Path models = Path.of("");

    @BeforeEach
    void export() throws IOException {
        TestModels.write(models.resolve("config.json"), CONFIG);
        TestModels.write(models.resolve(NAME).resolve("graph.pbtxt"), GRAPH);
        Path fixture = Path.of(System.getProperty("repository.root"), "models/fixtures/internvl_chat");
        try (Stream<Path> files = Files.list(fixture)) {
            for (Path file : files.toList()) {
                Files.copy(file, models.resolve(NAME).resolve(file.getFileName()));
            }
        }
    }

    @Test
    void isServedUnchanged() {
        ModelEntries entries = ModelRepository.fromConfig(models.resolve("config.json"), ServingOptions.none());

        assertThat(entries.rejected()).isEmpty();
        assertThat(entries.found())
                .isEqualTo(List.of(new ModelDefinition(
                        NAME,
                        models.resolve(NAME),
                        PipelineType.VLM_CB,
                        ExecutionSettings.defaults(),
                        new ModelFacts("internvl_chat", true, OptionalInt.of(8192)),
                        1)));
    }
}
