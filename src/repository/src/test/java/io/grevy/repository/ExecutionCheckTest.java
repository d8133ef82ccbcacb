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

class ExecutionCheckTest {
    private static final String EVICTION =
            "cache_eviction_config { start_size: 32 recent_size: 32 max_cache_size: 96 }";

    @TempDir
    Path folder = Path.of("");

    @Test
    void takesADraftModelOfTheModelsOwnFolder() {
        TestModels.text(folder);
        Path draft = TestModels.text(folder.resolve("draft"));

        assertThat(define("draft_models_path: 'draft' draft_cache_size: 2")
                        .execution()
                        .speculation())
                .isInstanceOfSatisfying(
                        Speculation.DraftModel.class,
                        model -> assertThat(model.folder()).isEqualTo(draft));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft_models_path: 'no'  | /no: no such folder
            draft_models_path: 'half' | /half: the text model there is not whole; missing: openvino_model.bin, config.json, openvino_tokenizer.xml, openvino_detokenizer.xml
            draft_models_path: 'see' | /see: it holds a vision-language model
            """)
    void refusesADraftModelThatIsNone(String options, String message) {
        TestModels.text(folder);
        TestModels.vision(folder.resolve("see"));
        TestModels.write(folder.resolve("half/openvino_model.xml"), "");

        assertThatThrownBy(() -> define(options)).hasMessage("draft_models_path: " + folder + message);
    }

    @Test
    void refusesADraftModelForPictures() {
        TestModels.vision(folder);
        TestModels.text(folder.resolve("draft"));

        assertThatThrownBy(() -> define("draft_models_path: 'draft'"))
                .hasMessage("draft_models_path: a vision-language model takes no draft model, for the engine has only"
                        + " EAGLE-3 and DFlash ones for it, which are not served; prompt_lookup in plugin_config"
                        + " speeds it up without one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft_models_path: 'draft'                  | draft_models_path
            plugin_config: '{"prompt_lookup": true}'    | plugin_config.prompt_lookup
            cache_eviction_config { start_size: 32 recent_size: 32 max_cache_size: 96 } | cache_eviction_config
            sparse_attention_config {}                  | sparse_attention_config
            """)
    void refusesWhatNeedsContinuousBatchingWhereThereIsNone(String options, String name) {
        TestModels.text(folder);
        TestModels.text(folder.resolve("draft"));

        assertThatThrownBy(() -> define("pipeline_type: LM " + options))
                .hasMessage(name + ": it needs continuous batching, and pipeline_type LM has none: ask for LM_CB");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft_models_path: 'draft'               | cache_eviction_config: it does not go together with draft_models_path: what is guessed would decide on what is evicted
            plugin_config: '{"prompt_lookup": true}' | cache_eviction_config: it does not go together with prompt_lookup: what is guessed would decide on what is evicted
            enable_prefix_caching: true              | cache_eviction_config: it does not go together with enable_prefix_caching: answers would depend on earlier requests
            """)
    void refusesWhatDoesNotGoTogetherWithEviction(String options, String message) {
        TestModels.text(folder);
        TestModels.text(folder.resolve("draft"));

        assertThatThrownBy(() -> define(EVICTION + options)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CPU  | 48  | 96   | start_size 48: allowed are multiples of the cache's block, which has 32 tokens there
            CPU  | 32  | 100  | max_cache_size 100: allowed are multiples of the cache's block, which has 32 tokens there
            GPU.1| 8   | 96   | start_size 8: allowed are multiples of the cache's block, which has 16 tokens there
            AUTO | 48  | 96   | start_size 48: allowed are multiples of the cache's block, which has 32 tokens there
            """)
    void refusesSizesThatAreNoBlocks(String device, int start, int most, String message) {
        TestModels.text(folder);

        assertThatThrownBy(() -> define(
                        "device: '%s' cache_eviction_config { start_size: %d recent_size: 32 max_cache_size: %d }"
                                .formatted(device, start, most)))
                .hasMessage("cache_eviction_config." + message);
    }

    @Test
    void takesEvictionInBlocksOfTheDevice() {
        TestModels.text(folder);

        assertThat(define("device: 'GPU' cache_eviction_config { start_size: 16 recent_size: 16 max_cache_size: 48 }")
                        .execution()
                        .scheduling()
                        .cacheEviction())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max_num_batched_tokens: 64 plugin_config: '{"prompt_lookup": true}' | max_num_batched_tokens 64: with prompt_lookup it is to be more than 64, for all that is guessed for a request is checked in one step
            max_num_batched_tokens: 64 draft_models_path: 'draft' | max_num_batched_tokens 64: with draft_models_path it is to be more than 64, for all that is guessed for a request is checked in one step
            """)
    void refusesStepsThatAreTooSmall(String options, String message) {
        TestModels.text(folder);
        TestModels.text(folder.resolve("draft"));

        assertThatThrownBy(() -> define(options)).hasMessage(message);
        assertThat(define("pipeline_type: LM dynamic_split_fuse: false max_num_batched_tokens: 1")
                        .pipeline())
                .isEqualTo(PipelineType.LM);
    }

    @Test
    void refusesPromptsWithPicturesThatAreNotSplit() {
        TestModels.vision(folder);

        assertThatThrownBy(() -> define("dynamic_split_fuse: false"))
                .hasMessage("dynamic_split_fuse false: with pictures a prompt may become longer than"
                        + " max_num_batched_tokens, at which the engine fails; leave it out");
    }

    @Test
    void refusesXattentionWithADraftModelAndTakesTrishape() {
        TestModels.text(folder);
        TestModels.text(folder.resolve("draft"));

        assertThatThrownBy(() -> define("draft_models_path: 'draft' sparse_attention_config { mode: XATTENTION }"))
                .hasMessage(
                        "sparse_attention_config: XATTENTION does not go together with draft_models_path; TRISHAPE does");
        assertThat(define("draft_models_path: 'draft' sparse_attention_config { mode: TRISHAPE }")
                        .execution()
                        .scheduling()
                        .sparseAttention())
                .isPresent();
    }

    @Test
    void looksAtWhatOptionsMakeOfTheGraph() {
        TestModels.text(folder);
        TestModels.graph(folder, "models_path: './'" + EVICTION);
        Map<String, String> settings = Map.of("enable_prefix_caching", "true");

        assertThatThrownBy(() -> ModelRepository.single(
                        "m", folder, ServingOptions.read(key -> Optional.ofNullable(settings.get(key)))))
                .hasMessageStartingWith("cache_eviction_config: it does not go together with enable_prefix_caching");
    }

    private ModelDefinition define(String options) {
        TestModels.graph(folder, "models_path: './' " + options);
        return ModelRepository.single("m", folder, ServingOptions.none());
    }
}
