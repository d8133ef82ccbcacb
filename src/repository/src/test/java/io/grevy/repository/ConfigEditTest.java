package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigEditTest {
    private static final String TWO_LISTS = """
            {"monitoring": {"metrics": {"enable": true, "metrics_list": ["a"]}},
             "model_config_list": [
               {"config": {"name": "first", "base_path": "a", "graph_path": "g.pbtxt"}, "more": 1},
               {"config": {"name": "second", "base_path": "/b"}}],
             "mediapipe_config_list": [{"name": "third", "base_path": "c", "subconfig": "s.json"}],
             "own": [1, {"x": null}]}""";

    @TempDir
    Path temporary = Path.of("");

    private Path config = Path.of("");

    @BeforeEach
    void nameTheFile() throws IOException {
        config = temporary.toRealPath().resolve("config.json");
    }

    @Test
    void makesTheFileWithTheFirstModel() {
        ConfigEdit.add(config, "org/one", config.resolveSibling("org/one"));

        assertThat(config).hasContent("""
                {
                    "model_config_list": [
                        {
                            "config": {
                                "name": "org/one",
                                "base_path": "org/one"
                            }
                        }
                    ]
                }""");
        assertThat(ConfigFile.read(config).models())
                .containsExactly(new ModelLocation("org/one", config.resolveSibling("org/one"), Optional.empty()));
    }

    @Test
    void addsAtTheEndAndKeepsAllElse() {
        JsonObject before = write(TWO_LISTS);

        ConfigEdit.add(config, "fourth", Path.of("/elsewhere/d"));

        JsonObject after = JsonText.readFile(config);
        assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
        assertThat(after.getJsonArray("model_config_list").subList(0, 2))
                .isEqualTo(before.getJsonArray("model_config_list"));
        assertThat(models(after).get(2))
                .hasToString("{\"config\":{\"name\":\"fourth\",\"base_path\":\"/elsewhere/d\"}}");
        for (String other : List.of("monitoring", "mediapipe_config_list", "own")) {
            assertThat(after.get(other)).isEqualTo(before.get(other));
        }
    }

    @Test
    void putsAModelInThePlaceOfItsNamesake() {
        write(TWO_LISTS);

        ConfigEdit.add(config, "first", config.resolveSibling("new"));
        ConfigEdit.add(config, "third", config.resolveSibling("newer"));

        JsonObject after = JsonText.readFile(config);
        assertThat(models(after)).hasSize(2);
        assertThat(models(after).get(0)).hasToString("{\"config\":{\"name\":\"first\",\"base_path\":\"new\"}}");
        assertThat(after.getJsonArray("mediapipe_config_list"))
                .hasToString("[{\"name\":\"third\",\"base_path\":\"newer\"}]");
    }

    @Test
    void takesAModelOutOfEitherList() {
        write(TWO_LISTS);

        assertThat(ConfigEdit.remove(config, "first")).isTrue();
        assertThat(ConfigEdit.remove(config, "third")).isTrue();

        JsonObject after = JsonText.readFile(config);
        assertThat(models(after)).hasToString("[{\"config\":{\"name\":\"second\",\"base_path\":\"/b\"}}]");
        assertThat(after.getJsonArray("mediapipe_config_list")).isEmpty();
        assertThat(after.getJsonArray("own")).hasToString("[1,{\"x\":null}]");
    }

    @Test
    void leavesTheFileAloneWhereTheNameIsNotInIt() throws Exception {
        write(TWO_LISTS);

        assertThat(ConfigEdit.remove(config, "nobody")).isFalse();

        assertThat(Files.readString(config)).isEqualTo(TWO_LISTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_config_list": [                                  | not valid JSON
            []                                                       | not a JSON object but an array
            {"model_config_list": {}}                                | model_config_list: an object; an array is expected
            {"model_config_list": [{"name": "a"}]}                   | model_config_list[0].config: missing
            {"mediapipe_config_list": [{"base_path": "a"}]}          | mediapipe_config_list[0].name: missing
            {"mediapipe_config_list": [{"name":"a"}, {"name":"a"}]}  | mediapipe_config_list[1].name: 'a' is the name at mediapipe_config_list[0].name already
            """)
    void refusesAFileThatIsWrongAndLeavesItAlone(String json, String message) throws Exception {
        Files.writeString(config, json);

        assertThatThrownBy(() -> ConfigEdit.add(config, "b", config.resolveSibling("b")))
                .isInstanceOf(RepositoryException.class)
                .hasMessageStartingWith(config.toString())
                .hasMessageContaining(message);
        assertThatThrownBy(() -> ConfigEdit.remove(config, "b")).hasMessageContaining(message);

        assertThat(Files.readString(config)).isEqualTo(json);
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Path absent = config.resolveSibling("absent/config.json");

        assertThatThrownBy(() -> ConfigEdit.add(absent, "a", Path.of("/a")))
                .hasMessage(absent + ": cannot be written (no such folder: " + absent.getParent() + ")");
    }

    @Test
    void refusesANameThatCouldNotBeServed() {
        assertThatThrownBy(() -> ConfigEdit.add(config, "a/../b", Path.of("/a")))
                .hasMessageContaining("the part '..' is not allowed");
        assertThat(config).doesNotExist();
    }

    @Test
    void changesWhatALinkLeadsToAndKeepsItsRights() throws Exception {
        Path real = Files.createDirectory(config.resolveSibling("real")).resolve("models.json");
        Files.writeString(real, "{}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(config, real);

        ConfigEdit.add(config, "a", config.resolveSibling("a"));

        assertThat(config).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(ConfigFile.read(config).models().get(0).basePath()).isEqualTo(config.resolveSibling("a"));
    }

    @Test
    void losesNoneOfManyModelsAddedAtOnce() throws Exception {
        int writers = 8;
        CyclicBarrier together = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String name = "m" + i;
                all.add(threads.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    ConfigEdit.add(config, name, config.resolveSibling(name));
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(ConfigFile.read(config).models())
                .extracting(ModelLocation::name)
                .containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
        try (var files = Files.list(config.getParent())) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("config.json", ".config.json.lock");
        }
    }

    private JsonObject write(String json) {
        return JsonText.readFile(TestModels.write(config, json));
    }

    private static JsonArray models(JsonObject root) {
        return root.getJsonArray("model_config_list");
    }
}
