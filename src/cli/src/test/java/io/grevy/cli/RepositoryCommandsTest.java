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

class RepositoryCommandsTest {
    @TempDir
    Path temporary = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path work = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        work = temporary.toRealPath();
        config = work.resolve("models/config.json");
        model("models/org/tiny");
        model("models/plain");
        model("elsewhere/other");
    }

    @Test
    void listsTheModelsOfARepository() {
        run("--list_models", "--model_repository_path", "models");
        run("list", "--model_repository_path=" + work.resolve("models"));

        assertThat(out.toString(UTF_8)).isEqualTo("org/tiny\nplain\norg/tiny\nplain\n");
        assertThat(said.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysSoWhereThereIsNone() throws Exception {
        Files.createDirectory(work.resolve("empty"));

        run("list", "--model_repository_path", "empty");

        assertThat(out.size()).isZero();
        assertThat(said.toString(UTF_8)).isEqualTo("grevy: no model in " + work.resolve("empty") + "\n");
    }

    @Test
    void takesTheRepositoryFromTheEnvironment() {
        Map<String, String> environment =
                Map.of("GREVY_MODEL_REPOSITORY_PATH", work.resolve("models").toString());

        runIn(environment, "list");
        runIn(environment, "--add_to_config", "--model_name", "org/tiny");

        assertThat(out.toString(UTF_8)).isEqualTo("org/tiny\nplain\n");
        assertThat(config).content().contains("\"base_path\": \"org/tiny\"");
    }

    @Test
    void addsAModelOfARepositoryAndTakesItOutAgain() {
        run(
                "--add_to_config",
                "--config_path",
                "models/config.json",
                "--model_name",
                "org/tiny",
                "--model_repository_path",
                "models");
        assertThat(config).content().contains("\"name\": \"org/tiny\"", "\"base_path\": \"org/tiny\"");

        run("--remove_from_config", "--config_path", "models/config.json", "--model_name", "org/tiny");

        assertThat(config).content().doesNotContain("tiny").contains("model_config_list");
        assertThat(said.toString(UTF_8))
                .isEqualTo("grevy: " + config + " names org/tiny now, at " + work.resolve("models/org/tiny") + "\n"
                        + "grevy: " + config + " does not name org/tiny any more\n");
    }

    @Test
    void meansAModelPathFromTheConfigFileOrElseFromHere() {
        run("--add_to_config", "--config_path", "models/config.json", "--model_name", "a", "--model_path", "org/tiny");
        run(
                "--add_to_config",
                "--config_path",
                "models/config.json",
                "--model_name",
                "b",
                "--model_path",
                "elsewhere/other");

        assertThat(config)
                .content()
                .contains("\"base_path\": \"org/tiny\"")
                .contains("\"base_path\": \"" + work.resolve("elsewhere/other") + "\"");
    }

    @Test
    void refusesAModelThatCouldNotBeServed() {
        assertThatThrownBy(() -> run(
                        "--add_to_config", "--config_path", "c.json", "--model_name", "a", "--model_path", "nowhere"))
                .isInstanceOf(UsageException.class)
                .hasMessage(work.resolve("nowhere") + ": no such folder");
        assertThat(work.resolve("c.json")).doesNotExist();
    }

    @Test
    void refusesToRemoveWhatIsNotThere() throws Exception {
        Files.writeString(config, "{}");

        assertThatThrownBy(
                        () -> run("--remove_from_config", "--config_path", "models/config.json", "--model_name", "a"))
                .isInstanceOf(UsageException.class)
                .hasMessage(config + ": no model of the name 'a'");
    }

    @Test
    void saysWhatIsNeeded() {
        refused("--list_models: --model_repository_path is needed, to say which folder to look in", "list");
        refused("--add_to_config: --model_name is needed, to say which model is meant", "--add_to_config");
        refused(
                "--add_to_config: --config_path is needed, to say which file to change",
                "--add_to_config",
                "--model_name",
                "a",
                "--model_path",
                "models/plain");
        refused(
                "--add_to_config: --model_path or --model_repository_path is needed, to say where it lies",
                "--add_to_config",
                "--model_name",
                "a",
                "--config_path",
                "c.json");
        refused(
                "--remove_from_config: --config_path is needed, to say which file to change",
                "--remove_from_config",
                "--model_name",
                "a");
    }

    private void refused(String message, String... typed) {
        assertThatThrownBy(() -> run(typed)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    private void run(String... typed) {
        runIn(Map.of(), typed);
    }

    private void runIn(Map<String, String> environment, String... typed) {
        new RepositoryCommands(environment, work, new PrintStream(out, true, UTF_8), console())
                .run(new ArgumentParser().parse(typed));
    }

    private Console console() {
        return new Console(new PrintStream(said, true, UTF_8));
    }

    private void model(String path) throws IOException {
        Path model = Files.createDirectories(work.resolve(path));
        for (String file : List.of(
                "openvino_model.xml", "openvino_model.bin", "openvino_tokenizer.xml", "openvino_detokenizer.xml")) {
            Files.createFile(model.resolve(file));
        }
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"llama\"}");
    }
}
