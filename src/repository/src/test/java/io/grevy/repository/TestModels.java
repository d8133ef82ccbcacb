package io.grevy.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders with the files of an exported model: right names, no content but for config.json. */
final class TestModels {
    private static final List<String> VISION_FILES = List.of(
            "openvino_language_model.xml",
            "openvino_language_model.bin",
            "openvino_text_embeddings_model.xml",
            "openvino_text_embeddings_model.bin",
            "openvino_vision_embeddings_model.xml",
            "openvino_vision_embeddings_model.bin",
            "openvino_tokenizer.xml",
            "openvino_detokenizer.xml");

    private TestModels() {}

    static List<String> visionFiles() {
        return VISION_FILES;
    }

    static Path vision(Path folder) {
        return make(folder, VISION_FILES, """
                {"model_type": "qwen2_vl", "max_position_embeddings": 32768}""");
    }

    static Path text(Path folder) {
        return make(
                folder,
                List.of(
                        "openvino_model.xml",
                        "openvino_model.bin",
                        "openvino_tokenizer.xml",
                        "openvino_detokenizer.xml"),
                """
                {"model_type": "llama", "max_position_embeddings": 2048}""");
    }

    static void graph(Path folder, String options) {
        write(folder.resolve("graph.pbtxt"), graphText(options));
    }

    /** A graph as OVMS's export tool lays it out; the options start on line 19. */
    static String graphText(String options) {
        return """
                input_stream: "HTTP_REQUEST_PAYLOAD:input"
                output_stream: "HTTP_RESPONSE_PAYLOAD:output"

                node: {
                  name: "LLMExecutor"
                  calculator: "HttpLLMCalculator"
                  input_stream: "LOOPBACK:loopback"
                  input_stream: "HTTP_REQUEST_PAYLOAD:input"
                  input_side_packet: "LLM_NODE_RESOURCES:llm"
                  output_stream: "LOOPBACK:loopback"
                  output_stream: "HTTP_RESPONSE_PAYLOAD:output"
                  input_stream_info: {
                    tag_index: 'LOOPBACK:0',
                    back_edge: true
                  }
                  # written by hand for the tests
                  node_options: {
                    [type.googleapis.com / mediapipe.LLMCalculatorOptions]: {
                %s
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
                }
                """.formatted(options);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make(Path folder, List<String> files, String config) {
        files.forEach(file -> write(folder.resolve(file), ""));
        write(folder.resolve("config.json"), config);
        return folder;
    }
}
