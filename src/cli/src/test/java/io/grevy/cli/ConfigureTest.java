package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigureTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void makeModels() throws IOException {
        make(folder.resolve("models/org/m"));
        make(folder.resolve("small"));
    }

    @Test
    void writesTheFlagsIntoTheModelsGraph() throws IOException {
        configure(
                "--configure",
                "--model_path",
                "models/org/m",
                "--target_device",
                "GPU",
                "--max_num_seqs",
                "128",
                "--cache_size=8",
                "--draft_source_model",
                "small");

        Path graph = folder.resolve("models/org/m/graph.pbtxt");
        assertThat(out.toString(UTF_8)).isEqualTo("written: " + graph + "\n");
        assertThat(Files.readAllLines(graph).stream().map(String::strip))
                .contains(
                        "models_path: \"./\"",
                        "device: \"GPU\"",
                        "max_num_seqs: 128",
                        "cache_size: 8",
                        "enable_prefix_caching: true",
                        "draft_models_path: \"" + folder.resolve("small") + "\"");
    }

    @Test
    void findsTheModelInARepository() {
        configure("--model_repository_path", "models", "--model_name", "org/m", "--configure");

        assertThat(folder.resolve("models/org/m/graph.pbtxt")).isRegularFile();
    }

    @Test
    void asksForTheModel() {
        assertThatThrownBy(() -> configure("--configure"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--configure: give --model_path, or --model_repository_path and --model_name");
        assertThatThrownBy(() -> configure("--configure", "--config_path", "config.json"))
                .hasMessage("--configure: give --model_path, or --model_repository_path and --model_name");
    }

    @Test
    void writesNothingWhereTheModelWouldNotBeServed() {
        assertThatThrownBy(() -> configure("--configure", "--model_path", "small", "--pipeline_type", "VLM"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("pipeline_type VLM is for vision-language models");
        assertThat(folder.resolve("small/graph.pbtxt")).doesNotExist();
    }

    private void configure(String... typed) {
        Arguments arguments = new ArgumentParser().parse(typed);
        assertThat(arguments.action()).isEqualTo(Action.CONFIGURE);
        new Configure(Map.of(), folder, new PrintStream(out, true, UTF_8)).run(arguments);
    }

    /** A text model's files: right names, no content but for config.json. */
    private static void make(Path model) throws IOException {
        Files.createDirectories(model);
        for (String file : List.of(
                "openvino_model.xml", "openvino_model.bin", "openvino_tokenizer.xml", "openvino_detokenizer.xml")) {
            Files.createFile(model.resolve(file));
        }
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"qwen2\"}");
    }
}
