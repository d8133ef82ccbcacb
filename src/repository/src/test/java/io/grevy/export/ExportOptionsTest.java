package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.PipelineType;
import io.grevy.repository.ServingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportOptionsTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void checkpoints() throws IOException {
        checkpoint("seeing", "{\"model_type\": \"qwen2_vl\", \"vision_config\": {}}");
        checkpoint("phi", "{\"model_type\": \"phi3_v\", \"img_processor\": {}}");
        checkpoint("reading", "{\"model_type\": \"llama\"}");
        checkpoint("broken", "[]");
        Files.createDirectory(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("converted"));
        Files.createFile(folder.resolve("converted/openvino_language_model.xml"));
    }

    @Test
    void hasTheDefaultsOfTheToolThatItStandsFor() {
        ExportOptions options = read("source_model", "Org/Model");

        assertThat(options.source()).isEqualTo(new Checkpoint("Org/Model", Optional.empty()));
        assertThat(options.name()).isEqualTo("Org/Model");
        assertThat(options.repository()).isEqualTo(folder.resolve("models"));
        assertThat(options.destination()).isEqualTo(folder.resolve("models/Org/Model"));
        assertThat(options.configFile()).isEqualTo(folder.resolve("config.json"));
        assertThat(options.overwrite()).isFalse();
        assertThat(options.trustRemoteCode()).isFalse();
        assertThat(options.weights()).isEqualTo(new Quantization("int8", List.of()));
        assertThat(options.weightsAsked()).isFalse();
        assertThat(options.draft()).isEmpty();
        assertThat(options.serving())
                .isEqualTo(ServingOptions.read(
                        name -> Optional.of("true").filter(text -> name.equals("dynamic_split_fuse"))));
    }

    @Test
    void takesEveryOption() {
        ExportOptions options = read(
                "source_model", "seeing",
                "model_name", "org/name",
                "model_repository_path", "repository",
                "config_file_path", "repository/all.json",
                "overwrite_models", "True",
                "trust_remote_code", "true",
                "weight-format", "int4",
                "extra_quantization_params", "--sym --ratio 0.8",
                "pipeline_type", "VLM_CB",
                "target_device", "GPU.1",
                "ov_cache_dir", "compiled",
                "kv_cache_precision", "u8",
                "enable_prefix_caching", "False",
                "disable_dynamic_split_fuse", "true",
                "max_num_batched_tokens", "8192",
                "max_num_seqs", "7",
                "cache_size", "3",
                "tool_parser", "hermes3",
                "reasoning_parser", "none",
                "enable_tool_guided_generation", "true");

        assertThat(options.source())
                .isEqualTo(new Checkpoint(folder.resolve("seeing").toString(), Optional.of(true)));
        assertThat(options.destination()).isEqualTo(folder.resolve("repository/org/name"));
        assertThat(options.configFile()).isEqualTo(folder.resolve("repository/all.json"));
        assertThat(options.overwrite()).isTrue();
        assertThat(options.trustRemoteCode()).isTrue();
        assertThat(options.weights()).isEqualTo(new Quantization("int4", List.of("--sym", "--ratio", "0.8")));
        assertThat(options.weightsAsked()).isTrue();
        ServingOptions serving = options.serving();
        assertThat(serving.pipelineType()).contains(PipelineType.VLM_CB);
        assertThat(serving.targetDevice()).contains("GPU.1");
        assertThat(serving.pluginConfig())
                .contains(Map.of("CACHE_DIR", folder.resolve("compiled").toString()));
        assertThat(serving.kvCachePrecision()).contains("u8");
        assertThat(serving.enablePrefixCaching()).contains(false);
        assertThat(serving.dynamicSplitFuse()).contains(false);
        assertThat(serving.maxNumBatchedTokens()).isEqualTo(OptionalInt.of(8192));
        assertThat(serving.maxNumSeqs()).isEqualTo(OptionalInt.of(7));
        assertThat(serving.cacheSizeGb()).isEqualTo(OptionalInt.of(3));
        assertThat(serving.toolParser()).contains("hermes3");
        assertThat(serving.reasoningParser()).contains("none");
        assertThat(serving.enableToolGuidedGeneration()).contains(true);
    }

    @ParameterizedTest
    @CsvSource({"seeing, true", "phi, true", "reading, false"})
    void seesFromAFoldersConfigurationWhetherTheModelTakesPictures(String source, boolean vision) {
        assertThat(read("source_model", source).source().vision()).contains(vision);
    }

    @Test
    void knowsAFolderThatIsConvertedAlready() {
        ExportOptions options = read("source_model", "converted");

        assertThat(options.source()).isEqualTo(new OpenVinoFolder(folder.resolve("converted")));
        assertThat(options.source().vision()).contains(true);
        assertThat(options.name()).isEqualTo("converted");
    }

    @Test
    void pullsWhatIsConvertedOnTheHub() {
        assertThat(read("source_model", "OpenVINO/InternVL2-2B-int4-ov").source())
                .isEqualTo(new OpenVinoRepository("OpenVINO/InternVL2-2B-int4-ov"));
    }

    @Test
    void namesAFoldersModelByItsLastPart() {
        assertThat(read("source_model", folder.resolve("seeing").toString()).name())
                .isEqualTo("seeing");
        assertThat(read("source_model", "./empty/../reading/").name()).isEqualTo("reading");
    }

    @Test
    void stores4SymmetricBitsForAnNpuAndGivesItItsProperties() {
        ExportOptions options = read("source_model", "seeing", "target_device", "NPU", "max_prompt_len", "2048");

        assertThat(options.weights())
                .isEqualTo(new Quantization("int4", List.of("--sym", "--ratio", "1.0", "--group-size", "-1")));
        assertThat(options.serving().pluginConfig())
                .contains(Map.of(
                        "DEVICE_PROPERTIES",
                        Map.of("NPU", Map.of("MAX_PROMPT_LEN", 2048L, "NPUW_LLM_ENABLE_PREFIX_CACHING", true))));
    }

    @Test
    void takesADraftModelAndPromptLookup() {
        assertThat(read("source_model", "reading", "draft_source_model", "Org/Small")
                        .draft())
                .contains(new Draft(Checkpoint.onHub("Org/Small"), "Org-Small"));
        assertThat(read("source_model", "reading", "draft_source_model", "./reading", "draft_model_name", "a/b")
                        .draft())
                .contains(new Draft(new Checkpoint(folder.resolve("reading").toString(), Optional.of(false)), "a-b"));
        assertThat(read("source_model", "seeing", "prompt_lookup_decoding", "true")
                        .serving()
                        .pluginConfig())
                .contains(Map.of("prompt_lookup", true));
    }

    @Test
    void splitsAModelOverTheDevicesOfAList() {
        assertThat(read("source_model", "seeing", "target_device", "HETERO:GPU.0,GPU.1")
                        .serving()
                        .pluginConfig())
                .contains(Map.of("MODEL_DISTRIBUTION_POLICY", "PIPELINE_PARALLEL"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source_model=                                              | source_model: missing
            source_model=./absent, model_name=x                        | source_model './absent': no such folder, and not a hub's owner/model
            source_model=a/b/c, model_name=x                           | source_model 'a/b/c': no such folder, and not a hub's owner/model
            source_model=reading/config.json                           | source_model 'reading/config.json': a file, not a folder
            source_model=empty                                         | source_model {folder}/empty: neither a model in OpenVINO's format nor one in Hugging Face's (there is no config.json)
            source_model=seeing, model_name=../x                       | model name '../x': the part '..' is not allowed
            source_model=seeing, weight-format=int3                    | weight-format 'int3': allowed are fp32, fp16, int8, int4, mxfp4, nf4, cb4
            source_model=seeing, weight-format=int8, target_device=NPU | weight-format 'int8': allowed are int4, nf4 on NPU
            source_model=seeing, target_device=TPU                     | target_device 'TPU': allowed are CPU, GPU, GPU.<n>, NPU, AUTO, AUTO:<list>, HETERO:<list>
            source_model=seeing, max_prompt_len=9                      | max_prompt_len: it is for target_device NPU only
            source_model=seeing, max_prompt_len=no                     | max_prompt_len 'no': allowed are whole numbers from 1
            source_model=seeing, overwrite_models=yes                  | overwrite_models 'yes': allowed are true, false
            source_model=seeing, kv_cache_precision=x8                 | kv_cache_precision 'x8': allowed are bf16, f16, f32, i4, i8, u4, u8
            source_model=seeing, pipeline_type=LM                      | pipeline_type LM is for text models, but the source model takes pictures: ask for VLM, VLM_CB or AUTO
            source_model=reading, pipeline_type=VLM_CB                 | pipeline_type VLM_CB is for vision-language models, but the source model is one of text: ask for LM, LM_CB or AUTO
            source_model=reading, draft_source_model=./gone            | draft_source_model './gone': no such folder, and not a hub's owner/model
            source_model=seeing, draft_source_model=reading            | draft_source_model: draft models are for models of text
            source_model=reading, draft_source_model=reading, draft_eagle3_mode=true | draft_eagle3_mode: EAGLE-3 draft models are not served; a draft model is a whole smaller model
            source_model=reading, draft_source_model=reading, prompt_lookup_decoding=true | draft_source_model and prompt_lookup_decoding exclude each other
            source_model=seeing, extra_quantization_params=--dataset x | extra_quantization_params: --dataset: quantization by a data set is not in this version
            source_model=seeing, extra_quantization_params=--trust-remote-code | extra_quantization_params: --trust-remote-code: give --trust_remote_code
            source_model=seeing, extra_quantization_params=-m x        | extra_quantization_params: -m: give --source_model
            """)
    void refusesByNameWhatCannotBe(String settings, String message) {
        assertThatThrownBy(() -> read(settings.split("=|, ", -1)))
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessage(message.replace("{folder}", folder.toString()));
    }

    @Test
    void namesAConfigurationThatCannotBeRead() {
        assertThatThrownBy(() -> read("source_model", "broken"))
                .isInstanceOf(ExportException.class)
                .hasMessageStartingWith(folder.resolve("broken/config.json") + ": not a JSON object that can be read");
    }

    private ExportOptions read(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return ExportOptions.read(name -> Optional.ofNullable(all.get(name)), folder);
    }

    private void checkpoint(String name, String config) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("config.json"), config);
    }
}
