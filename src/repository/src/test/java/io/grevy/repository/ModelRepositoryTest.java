package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRepositoryTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void describesAVisionFolderWithoutAGraph() {
        TestModels.vision(folder);

        assertThat(single(Map.of()))
                .isEqualTo(new ModelDefinition(
                        "a/b",
                        folder,
                        PipelineType.VLM_CB,
                        ExecutionSettings.defaults(),
                        new ModelFacts("qwen2_vl", true, OptionalInt.of(32768)),
                        1));
    }

    @Test
    void describesATextFolder() {
        TestModels.text(folder);

        ModelDefinition definition = single(Map.of());

        assertThat(definition.pipeline()).isEqualTo(PipelineType.LM_CB);
        assertThat(definition.facts()).isEqualTo(new ModelFacts("llama", false, OptionalInt.of(2048)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_type": "a", "text_config": {"max_position_embeddings": 4096}}                          | 4096
            {"model_type": "a", "llm_config": {"max_position_embeddings": 8192}}                           | 8192
            {"model_type": "a", "max_position_embeddings": 10, "text_config": {"max_position_embeddings": 5}} | 10
            {"model_type": "a", "vision_config": {"max_position_embeddings": 77}}                          | -1
            """)
    void findsTheContextLengthWhereverTheArchitectureKeepsIt(String config, int length) {
        TestModels.vision(folder);
        TestModels.write(folder.resolve("config.json"), config);

        assertThat(single(Map.of()).facts().contextLength())
                .isEqualTo(length < 0 ? OptionalInt.empty() : OptionalInt.of(length));
    }

    @Test
    void runsOneAtATimeOnAnNpu() {
        TestModels.vision(folder);

        assertThat(single(Map.of("target_device", "NPU")).pipeline()).isEqualTo(PipelineType.VLM);
    }

    @Test
    void letsOptionsSpeakOverTheGraphAndTheGraphOverDefaults() {
        TestModels.vision(folder);
        TestModels.graph(folder, """
                models_path: "./" device: "GPU" cache_size: 4 max_num_seqs: 8 max_tokens_limit: 99
                pipeline_type: VLM plugin_config: '{"KV_CACHE_PRECISION": "u8", "NUM_STREAMS": 1}'
                """);

        ModelDefinition definition =
                single(Map.of("target_device", "CPU", "cache_size", "2", "kv_cache_precision", "f16"));

        assertThat(definition.pipeline()).isEqualTo(PipelineType.VLM);
        assertThat(definition.execution())
                .isEqualTo(new ExecutionSettings(
                        "CPU",
                        new Scheduling(2, 8, 256, true, false, OptionalInt.empty(), Optional.empty(), Optional.empty()),
                        Map.of("KV_CACHE_PRECISION", "f16", "NUM_STREAMS", 1L),
                        new Speculation.None(),
                        OptionalInt.of(99),
                        20));
    }

    @Test
    void replacesTheGraphsPluginConfigAsAWhole() {
        TestModels.vision(folder);
        TestModels.graph(folder, "models_path: './' plugin_config: '{\"NUM_STREAMS\": 1}'");

        assertThat(single(Map.of("plugin_config", "{\"CACHE_DIR\": \"/tmp/c\"}"))
                        .execution()
                        .pluginConfig())
                .isEqualTo(Map.of("CACHE_DIR", "/tmp/c"));
    }

    @Test
    void followsModelsPathFromTheGraph() {
        Path graphs = folder.resolve("served");
        TestModels.vision(folder.resolve("weights/int4"));
        TestModels.graph(graphs, "models_path: '../weights/int4'");

        assertThat(ModelRepository.single("m", graphs, ServingOptions.none()).folder())
                .isEqualTo(folder.resolve("weights/int4"));
    }

    @Test
    void takesTheHighestVersionSubfolderThatHoldsAModel() throws IOException {
        TestModels.vision(folder.resolve("2"));
        TestModels.vision(folder.resolve("10"));
        Files.createDirectories(folder.resolve("11"));

        assertThat(single(Map.of()).folder()).isEqualTo(folder.resolve("10"));
    }

    @ParameterizedTest
    @MethodSource("io.grevy.repository.TestModels#visionFiles")
    void namesTheMissingFile(String file) throws IOException {
        TestModels.vision(folder);
        Files.delete(folder.resolve(file));

        assertThatThrownBy(() -> single(Map.of()))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(folder + ": the vision-language model there is not whole; missing: " + file);
    }

    @Test
    void namesAllThatIsMissingAtOnce() throws IOException {
        TestModels.text(folder);
        Files.delete(folder.resolve("openvino_model.bin"));
        Files.delete(folder.resolve("openvino_detokenizer.xml"));

        assertThatThrownBy(() -> single(Map.of()))
                .hasMessage(folder
                        + ": the text model there is not whole; missing: openvino_model.bin, openvino_detokenizer.xml");
    }

    @Test
    void saysThatACheckpointIsToBeExported() {
        TestModels.write(folder.resolve("model.safetensors"), "");

        assertThatThrownBy(() -> single(Map.of()))
                .hasMessageContaining(
                        "neither openvino_language_model.xml (vision-language) nor openvino_model.xml (text)")
                .hasMessageEndingWith("it holds a Hugging Face checkpoint, which is to be exported first");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> ModelRepository.single("m", absent, ServingOptions.none()))
                .hasMessage(absent + ": no such folder");
    }

    @Test
    void namesAFileWhereAFolderIsExpected() {
        Path file = TestModels.write(folder.resolve("model.xml"), "");

        assertThatThrownBy(() -> ModelRepository.single("m", file, ServingOptions.none()))
                .hasMessage(file + ": not a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_type": 3}   | : model_type: a string is expected
            {}                  | : model_type: a string is expected
            []                  | : not a JSON object but an array
            """)
    void refusesAConfigJsonWithoutAType(String config, String message) {
        TestModels.vision(folder);
        Path file = TestModels.write(folder.resolve("config.json"), config);

        assertThatThrownBy(() -> single(Map.of())).hasMessage(file + message);
    }

    @Test
    void refusesATextPipelineForAVisionFolder() {
        TestModels.vision(folder);

        assertThatThrownBy(() -> single(Map.of("pipeline_type", "LM_CB")))
                .hasMessage("pipeline_type LM_CB is for text models, but " + folder
                        + " holds a vision-language model (qwen2_vl): ask for VLM_CB or AUTO");
    }

    @Test
    void refusesAVisionPipelineForATextFolder() {
        TestModels.text(folder);
        TestModels.graph(folder, "models_path: './' pipeline_type: VLM");

        assertThatThrownBy(() -> single(Map.of()))
                .hasMessage("pipeline_type VLM is for vision-language models, but " + folder
                        + " holds a text model (llama): ask for LM_CB or AUTO");
    }

    @Test
    void refusesContinuousBatchingOnAnNpu() {
        TestModels.vision(folder);

        assertThatThrownBy(() -> single(Map.of("pipeline_type", "VLM_CB", "target_device", "NPU")))
                .hasMessage("pipeline_type VLM_CB does not run on NPU: ask for VLM or AUTO");
    }

    private ModelDefinition single(Map<String, String> settings) {
        return ModelRepository.single(
                "a/b", folder, ServingOptions.read(key -> Optional.ofNullable(settings.get(key))));
    }
}
