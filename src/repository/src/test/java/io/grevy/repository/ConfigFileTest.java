package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void findsTheModelsOfBothLists() {
        TestModels.vision(folder.resolve("a"));
        TestModels.text(folder.resolve("b"));
        TestModels.vision(folder.resolve("c/d"));
        TestModels.graph(folder.resolve("b/graphs"), "models_path: '..' max_num_seqs: 3");

        ModelEntries entries = read("""
                {"model_config_list": [
                   {"config": {"name": "first", "base_path": "a"}},
                   {"config": {"name": "second", "base_path": "./b", "graph_path": "graphs/graph.pbtxt"}}],
                 "mediapipe_config_list": [{"name": "c/d"}],
                 "monitoring": {"metrics": {"enable": true}}}""");

        assertThat(entries.rejected()).isEmpty();
        assertThat(entries.found())
                .extracting(
                        ModelDefinition::name,
                        ModelDefinition::folder,
                        model -> model.execution().maxNumSeqs())
                .containsExactly(
                        tuple("first", folder.resolve("a"), 256),
                        tuple("second", folder.resolve("b"), 3),
                        tuple("c/d", folder.resolve("c/d"), 256));
    }

    @Test
    void keepsTheRestWhenOneModelIsBad() {
        TestModels.vision(folder.resolve("good"));

        ModelEntries entries = read("""
                {"model_config_list": [
                   {"config": {"name": "bad", "base_path": "absent"}},
                   {"config": {"name": "good", "base_path": "good"}},
                   {"config": {"name": "graphless", "base_path": "good", "graph_path": "no.pbtxt"}}]}""");

        assertThat(entries.entries()).extracting(ModelEntry::name).containsExactly("bad", "good", "graphless");
        assertThat(entries.found()).extracting(ModelDefinition::name).containsExactly("good");
        assertThat(entries.rejected())
                .extracting(rejected -> rejected.reason().getMessage())
                .containsExactly(
                        folder.resolve("absent") + ": no such folder",
                        folder.resolve("good/no.pbtxt") + ": no such file");
    }

    @Test
    void acceptsAFileWithoutModels() {
        assertThat(read("{\"model_config_list\": []}").entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model_list': []}                                                        | model_list: unknown; known here: mediapipe_config_list, model_config_list, monitoring
            {'model_config_list': {}}                                                 | model_config_list: an object; an array is expected
            {'model_config_list': [3]}                                                | model_config_list[0]: a number; an object is expected
            {'model_config_list': [{}]}                                               | model_config_list[0].config: missing
            {'model_config_list': [{'config': {'name': 'a'}}]}                        | model_config_list[0].config.base_path: missing
            {'model_config_list': [{'config': {'base_path': 'a'}}]}                   | model_config_list[0].config.name: missing
            {'model_config_list': [{'config': {'name': '', 'base_path': 'a'}}]}       | model_config_list[0].config.name: a string; a string that is not empty is expected
            {'model_config_list': [{'config': {'name': 'a', 'base_path': 1}}]}        | model_config_list[0].config.base_path: a number; a string that is not empty is expected
            {'model_config_list': [{'config': {'name': 'a', 'base_path': 'a', 'nireq': 1}}]} | model_config_list[0].config.nireq: unknown; known here: base_path, graph_path, name
            {'mediapipe_config_list': [{'name': 'a'}, {'base_path': 'b'}]}            | mediapipe_config_list[1].name: missing
            {'monitoring': {'metrics': {'enable': false}}}                            | monitoring.metrics.enable: metrics are always on; only true is allowed
            {'monitoring': {'metrics': {'metrics_list': []}}}                         | monitoring.metrics.metrics_list: unknown; known here: enable
            """)
    void refusesTheFileNamingThePlace(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(file() + ": " + message);
    }

    @Test
    void refusesANameGivenTwice() {
        assertThatThrownBy(() -> read("""
                        {"model_config_list": [{"config": {"name": "a", "base_path": "x"}}],
                         "mediapipe_config_list": [{"name": "a"}]}"""))
                .hasMessage(file() + ": mediapipe_config_list[0].name: 'a' is the name at"
                        + " model_config_list[0].config.name already");
    }

    @Test
    void refusesInvalidJsonNamingLineAndColumn() {
        assertThatThrownBy(() -> read("{\"model_config_list\":\n  [,]}"))
                .hasMessageStartingWith(file() + ":2:")
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertThatThrownBy(() -> read("{\"model_config_list\": [], \"model_config_list\": []}"))
                .hasMessageStartingWith(file() + ":1:49: not valid JSON: ")
                .hasMessageContaining("model_config_list");
    }

    @Test
    void refusesTextAfterTheObject() {
        assertThatThrownBy(() -> read("{} {}")).hasMessageStartingWith(file() + ":1:");
    }

    @Test
    void refusesASubconfigThatNamesModels() {
        TestModels.write(folder.resolve("g/subconfig.json"), """
                {"model_config_list": [{"config": {"name": "x", "base_path": "x"}}]}""");

        assertThatThrownBy(() -> read("{\"mediapipe_config_list\": [{\"name\": \"g\"}]}"))
                .hasMessage(file() + ": mediapipe_config_list[0].subconfig: " + folder.resolve("g/subconfig.json")
                        + " names models; graphs over several models are not served");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> ModelRepository.fromConfig(file(), ServingOptions.none()))
                .hasMessage(file() + ": no such file");
    }

    private Path file() {
        return folder.resolve("config.json");
    }

    private ModelEntries read(String json) {
        return ModelRepository.fromConfig(TestModels.write(file(), json), ServingOptions.none());
    }
}
