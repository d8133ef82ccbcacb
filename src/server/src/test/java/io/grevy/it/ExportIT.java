package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports checkpoints of random weights with OpenVINO's own tool, and serves what comes of it. */
@Timeout(1500)
class ExportIT {
    /** What the demo's model folder holds, but for its tokenizer's own files and the code that comes with it. */
    private static final List<String> DEMO = List.of(
            "config.json",
            "generation_config.json",
            "graph.pbtxt",
            "openvino_config.json",
            "openvino_detokenizer.bin",
            "openvino_detokenizer.xml",
            "openvino_language_model.bin",
            "openvino_language_model.xml",
            "openvino_text_embeddings_model.bin",
            "openvino_text_embeddings_model.xml",
            "openvino_tokenizer.bin",
            "openvino_tokenizer.xml",
            "openvino_vision_embeddings_model.bin",
            "openvino_vision_embeddings_model.xml",
            "preprocessor_config.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");

    private static final String MAKE_WEIGHTS = """
            import sys
            from pathlib import Path
            from fixtures import make
            for name in sys.argv[2:]:
                make.checkpoint(name, Path(sys.argv[1]))
            """;

    @TempDir
    static Path folder = Path.of("");

    private static String brokenExport = "";

    @BeforeAll
    static void makeTheEnvironmentAndTheWeights() throws Exception {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("config.json"), "{\"model_type\": \"no_such_type\"}");
        try (ExportCommand export = ExportCommand.start(folder, "--source_model", "broken")) {
            brokenExport = export.rest();
            assertThat(export.code()).isEqualTo(1);
        }
        Process making = new ProcessBuilder(
                        ExportCommand.python().toString(),
                        "-B",
                        "-c",
                        MAKE_WEIGHTS,
                        folder.toString(),
                        "qwen2_vl",
                        "llava")
                .directory(Deployments.root().resolve("models").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(making.getInputStream().readAllBytes(), UTF_8);
        assertThat(making.waitFor()).as(said).isZero();
    }

    @Test
    void aModelThatTheToolDoesNotKnowLeavesNothingButItsWords() {
        assertThat(brokenExport).contains("grevy: optimum-cli failed with code 1; its last lines:", "no_such_type");
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**/*broken*");
    }

    @Test
    void exportedModelsAreWholeAndAnswerAboutAPicture() throws Exception {
        Path models = folder.resolve("models");
        export("qwen2_vl", "test/qwen2_vl", "--weight-format", "int8", "--pipeline_type", "VLM_CB");
        export("llava", "test/llava", "--weight-format", "int4", "--pipeline_type", "VLM");
        export("llava", "test/llava-fp32", "--weight-format", "fp32");
        export(Deployments.model("fixtures/llava").toString(), "test/fixture");

        assertThat(files(models.resolve("test/qwen2_vl")))
                .containsAll(DEMO)
                .contains("openvino_vision_embeddings_merger_model.xml", "openvino_vision_embeddings_merger_model.bin");
        assertThat(files(models.resolve("test/llava"))).containsAll(DEMO);
        assertThat(files(models.resolve("test/fixture"))).containsExactly("graph.pbtxt");
        assertThat(Files.size(models.resolve("test/llava/openvino_language_model.bin")))
                .isLessThan(Files.size(models.resolve("test/llava-fp32/openvino_language_model.bin")) / 2);
        try (GrevyProcess grevy = GrevyProcess.start(
                        "--config_path", models.resolve("config.json").toString())
                .awaitAvailable()) {
            Http http = new Http(grevy.url());
            http.awaitModels();
            assertThat(answer(http, "test/qwen2_vl")).isNotBlank();
            assertThat(answer(http, "test/llava")).isNotBlank();
            // The same weights as they are, exported another time: the same words.
            assertThat(answer(http, "test/llava-fp32")).isNotBlank().isEqualTo(answer(http, "test/fixture"));
        }
    }

    @Test
    void anInterruptedExportLeavesNothing() throws Exception {
        try (ExportCommand export = ExportCommand.start(
                folder, "--source_model", "llava", "--model_name", "test/interrupted", "--weight-format", "fp32")) {
            export.awaitLine("grevy: | ");
            List<ProcessHandle> tools = export.descendants();
            assertThat(tools).isNotEmpty();

            export.interrupt();

            assertThat(export.rest()).endsWith("grevy: interrupted; nothing was exported");
            assertThat(export.code()).isEqualTo(130);
            assertThat(tools).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(folder.resolve("models/test")).isDirectoryNotContaining("glob:**/*interrupted*");
    }

    private static void export(String source, String name, String... more) throws Exception {
        List<String> flags = Stream.concat(
                        Stream.of(
                                "--source_model",
                                source,
                                "--model_name",
                                name,
                                "--model_repository_path",
                                "models",
                                "--config_file_path",
                                "models/config.json",
                                "--overwrite_models"),
                        Stream.of(more))
                .toList();
        try (ExportCommand export = ExportCommand.start(folder, flags.toArray(String[]::new))) {
            String said = export.rest();
            assertThat(export.code()).as(said).isZero();
            assertThat(said)
                    .endsWith("grevy: serve it: ./grevy --config_path "
                            + folder.toRealPath().resolve("models/config.json"));
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String answer(Http http, String model) throws Exception {
        String body = http.post("/v3/chat/completions", """
                        {"model": "%s", "temperature": 0, "max_completion_tokens": 16, "messages": [{"role": "user",
                         "content": [{"type": "text", "text": "Describe the image."},
                                     {"type": "image_url", "image_url": {"url": "%s"}}]}]}
                        """.formatted(
                                model, Http.dataUri(Deployments.model("pictures/blue-square.jpg"))))
                .body();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject()
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("message")
                    .getString("content");
        }
    }
}
