package io.grevy.export;

import io.grevy.repository.ServingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class PendingGraph {
    private PendingGraph() {}

    static void write(Path file, String modelsPath, ServingOptions serving) throws IOException {
        Files.writeString(file, """
                input_stream: "HTTP_REQUEST_PAYLOAD:input"
                output_stream: "HTTP_RESPONSE_PAYLOAD:output"
                node {
                  name: "LLMExecutor"
                  calculator: "HttpLLMCalculator"
                  input_stream: "LOOPBACK:loopback"
                  input_stream: "HTTP_REQUEST_PAYLOAD:input"
                  input_side_packet: "LLM_NODE_RESOURCES:llm"
                  output_stream: "LOOPBACK:loopback"
                  output_stream: "HTTP_RESPONSE_PAYLOAD:output"
                  input_stream_info { tag_index: "LOOPBACK:0" back_edge: true }
                  node_options {
                    [type.googleapis.com/mediapipe.LLMCalculatorOptions] {
                      models_path: "%s"
                      pipeline_type: %s
                    }
                  }
                }
                """.formatted(
                        modelsPath, serving.pipelineType().map(Enum::name).orElse("AUTO")));
    }
}
