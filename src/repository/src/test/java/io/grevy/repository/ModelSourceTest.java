package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSourceTest {
    private static final Path BASE = Path.of("/base");

    @Test
    void isEmptyWhereNothingIsSaid() {
        assertThat(read(Map.of())).isEmpty();
    }

    @Test
    void namesAFolderByItsLastPart() {
        assertThat(read(Map.of("model_path", "models/qwen/"))).contains(single("qwen", "/base/models/qwen"));
    }

    @Test
    void namesAFolderAsAsked() {
        assertThat(read(Map.of("model_path", "/m", "model_name", "a/b"))).contains(single("a/b", "/m"));
    }

    @Test
    void findsANameInARepository() {
        assertThat(read(Map.of("model_repository_path", "../models", "model_name", "a/b")))
                .contains(single("a/b", "/models/a/b"));
    }

    @Test
    void findsAModelOfAHubByItsNameThereOnceItIsPulled() {
        assertThat(read(Map.of("model_repository_path", "models", "source_model", "Org/Model@v2")))
                .contains(single("Org/Model", "/base/models/Org/Model"));
        assertThat(read(Map.of("model_repository_path", "models", "source_model", "Org/Model", "model_name", "mine")))
                .contains(single("mine", "/base/models/Org/Model"));
    }

    @Test
    void takesAConfigFile() {
        assertThat(read(Map.of("config_path", "config.json")))
                .contains(new ModelSource.Config(Path.of("/base/config.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config_path           | model_path            | config_path and model_path exclude each other
            config_path           | model_name            | config_path and model_name exclude each other
            config_path           | model_repository_path | config_path and model_repository_path exclude each other
            config_path           | source_model          | config_path and source_model exclude each other
            model_path            | source_model          | model_path and source_model exclude each other
            source_model          | source_model          | source_model 'x': model_repository_path is needed, the folder to pull it into
            model_path            | model_repository_path | model_path and model_repository_path exclude each other
            model_name            | model_name            | model_name 'x': model_path or model_repository_path is needed, to say where the model lies
            model_repository_path | model_repository_path | model_repository_path: model_name is needed, to say which of its models to serve
            """)
    void refusesSettingsThatDoNotGoTogether(String one, String other, String message) {
        Map<String, String> settings = one.equals(other) ? Map.of(one, "x") : Map.of(one, "x", other, "x");

        assertThatThrownBy(() -> read(settings)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "a//b", "/a", "a/", "a?b", "a\\b"})
    void refusesNamesThatCouldLeaveTheRepository(String name) {
        assertThatThrownBy(() -> read(Map.of("model_repository_path", "models", "model_name", name)))
                .isInstanceOf(RepositoryException.class)
                .hasMessageStartingWith("model name '" + name + "': ");
    }

    @Test
    void givesAnEntryForASingleModelGoodOrBad(@TempDir Path folder) {
        TestModels.text(folder.resolve("good"));

        assertThat(new ModelSource.Single("m", folder.resolve("good"))
                        .entries(ServingOptions.none())
                        .found())
                .extracting(ModelDefinition::name)
                .containsExactly("m");
        assertThat(new ModelSource.Single("m", folder.resolve("bad"))
                        .entries(ServingOptions.none())
                        .rejected())
                .extracting(rejected -> rejected.reason().getMessage())
                .containsExactly(folder.resolve("bad") + ": no such folder");
    }

    private static ModelSource single(String name, String folder) {
        return new ModelSource.Single(name, Path.of(folder));
    }

    private static Optional<ModelSource> read(Map<String, String> settings) {
        return ModelSource.read(key -> Optional.ofNullable(settings.get(key)), BASE);
    }
}
