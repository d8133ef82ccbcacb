package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grevy.repository.CacheEviction.Aggregation;
import io.grevy.repository.CacheEviction.KvCrush;
import io.grevy.repository.CacheEviction.KvCrush.Anchor;
import io.grevy.repository.SparseAttention.Mode;
import io.grevy.repository.graph.LLMCalculatorOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphReadingTest {
    /** Every field that is honoured, none with its default. */
    static final String EVERYTHING = """
            models_path: "./int8",
            plugin_config: '{"KV_CACHE_PRECISION": "u8", "NUM_STREAMS": 2, "A": 0.5, "CACHE": true,'
                ' "DEVICE_PROPERTIES": {"CPU": {"NUM_STREAMS": 1}}}',
            pipeline_type: LM_CB,
            enable_prefix_caching: true,
            dynamic_split_fuse: false,
            cache_size: 10,
            max_num_batched_tokens: 1024,
            max_num_seqs: 12,
            best_of_limit: 4,
            max_tokens_limit: 300,
            device: "GPU.1",
            draft_models_path: "draft",
            draft_device: "CPU",
            draft_cache_size: 1,
            draft_max_num_seqs: 6,
            tool_parser: "hermes3",
            reasoning_parser: "none",
            enable_tool_guided_generation: true,
            draft_max_num_batched_tokens: 1024,
            draft_dynamic_split_fuse: false,
            cache_interval_multiplier: 3,
            cache_eviction_config {
                start_size: 32, recent_size: 64, max_cache_size: 128, aggregation_mode: SUM, apply_rotation: false,
                snapkv_window_size: 0, kv_crush_config { budget: 2, anchor_point_mode: MEAN, rng_seed: 7 }
            },
            sparse_attention_config {
                mode: XATTENTION, num_last_dense_tokens_in_prefill: 1, num_retained_start_tokens_in_cache: 2,
                num_retained_recent_tokens_in_cache: 3, xattention_threshold: 0.5, xattention_block_size: 4,
                xattention_stride: 5
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsEveryHonouredField() {
        assertThat(read(EVERYTHING))
                .isEqualTo(new GraphDescription(
                        folder.resolve("int8"),
                        Optional.of(PipelineType.LM_CB),
                        new ExecutionSettings(
                                "GPU.1",
                                new Scheduling(
                                        10,
                                        12,
                                        1024,
                                        false,
                                        true,
                                        OptionalInt.of(3),
                                        Optional.of(new CacheEviction(
                                                32,
                                                64,
                                                128,
                                                Aggregation.SUM,
                                                0,
                                                Optional.of(new KvCrush(2, Anchor.MEAN, 7)))),
                                        Optional.of(new SparseAttention(Mode.XATTENTION, 1, 2, 3, 0.5f, 4, 5))),
                                Map.of(
                                        "KV_CACHE_PRECISION",
                                        "u8",
                                        "NUM_STREAMS",
                                        2L,
                                        "A",
                                        0.5,
                                        "CACHE",
                                        true,
                                        "DEVICE_PROPERTIES",
                                        Map.of("CPU", Map.of("NUM_STREAMS", 1L))),
                                new Speculation.DraftModel(
                                        folder.resolve("draft"),
                                        Optional.of("CPU"),
                                        OptionalInt.of(1),
                                        OptionalInt.of(6)),
                                OptionalInt.of(300),
                                4,
                                new OutputParsing(Optional.of("hermes3"), Optional.of("none"), true))));
    }

    @Test
    void takesWhatIsNotSetAsOvmsDoesWithPrefixCachingOff() {
        assertThat(read("models_path: './'"))
                .isEqualTo(new GraphDescription(
                        folder,
                        Optional.empty(),
                        new ExecutionSettings(
                                "CPU",
                                new Scheduling(
                                        0,
                                        256,
                                        256,
                                        true,
                                        false,
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                Map.of(),
                                new Speculation.None(),
                                OptionalInt.empty(),
                                20)));
    }

    @Test
    void takesWhatNestedMessagesDoNotSetAsTheEngineDoes() {
        Scheduling scheduling = read("""
                models_path: './'
                cache_eviction_config { start_size: 32 recent_size: 32 max_cache_size: 96 kv_crush_config {} }
                sparse_attention_config {}
                """).execution().scheduling();

        assertThat(scheduling.cacheEviction())
                .hasValue(new CacheEviction(
                        32, 32, 96, Aggregation.NORM_SUM, 8, Optional.of(new KvCrush(0, Anchor.RANDOM, 0))));
        assertThat(scheduling.sparseAttention())
                .hasValue(new SparseAttention(Mode.TRISHAPE, 100, 128, 1920, 0.8f, 64, 8));
    }

    @Test
    void takesPromptLookupOutOfThePluginConfig() {
        ExecutionSettings execution =
                read("models_path: './' plugin_config: '{\"prompt_lookup\": true, \"NUM_STREAMS\": 1}'")
                        .execution();

        assertThat(execution.speculation()).isEqualTo(new Speculation.PromptLookup());
        assertThat(execution.pluginConfig()).isEqualTo(Map.of("NUM_STREAMS", 1L));
    }

    @Test
    void readsTheLineByLineFormOfExports() {
        GraphDescription graph = read("""
                          pipeline_type: LM_CB,
                          models_path: "./",
                          plugin_config: '{}',
                          enable_prefix_caching:  true,
                          cache_size: 0,
                          dynamic_split_fuse: false,\s
                          max_num_seqs: 256,
                          device: "CPU",
                          # Speculative decoding configuration
                          draft_models_path: "./org-small",
                          draft_device: "CPU",
                          draft_eagle3_mode: False,
                """);

        assertThat(graph.pipeline()).hasValue(PipelineType.LM_CB);
        assertThat(graph.execution().scheduling().enablePrefixCaching()).isTrue();
        assertThat(graph.execution().speculation())
                .isEqualTo(new Speculation.DraftModel(
                        folder.resolve("org-small"), Optional.of("CPU"), OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void knowsTheWiringOfNewerExports() {
        TestModels.write(
                file(),
                TestModels.graphText("models_path: './'")
                        .replace(
                                "input_side_packet: \"LLM_NODE_RESOURCES:llm\"",
                                "input_side_packet: \"LLM_NODE_RESOURCES:llm\""
                                        + " input_side_packet: \"LLM_NODE_EXECUTION_CONTEXTS:llm_ctx\""));

        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(folder);
    }

    @Test
    void takesTheTypeAddressWithoutSpacesToo() {
        TestModels.write(file(), TestModels.graphText("models_path: './'").replace("com / mediapipe", "com/mediapipe"));

        assertThat(GraphFile.read(file()).modelFolder()).isEqualTo(folder);
    }

    @Test
    void takesAutoAsNoPipelineType() {
        assertThat(read("models_path: './' pipeline_type: AUTO").pipeline()).isEmpty();
    }

    @Test
    void namesAnUnknownFieldWithItsLineAndColumn() {
        assertThatThrownBy(() -> read("models_path: './'\n      cache_sise: 3"))
                .hasMessage(file() + ":20:7: unknown field mediapipe.LLMCalculatorOptions.cache_sise");
    }

    @Test
    void namesASyntaxErrorWithItsLineAndColumn() {
        assertThatThrownBy(() -> read("models_path: './'\n cache_size: many"))
                .hasMessageStartingWith(file() + ":20:14: ")
                .hasMessageContaining("integer");
    }

    @Test
    void namesAnUnknownTypeOfOptions() {
        TestModels.write(
                file(), TestModels.graphText("").replace("LLMCalculatorOptions]", "EmbeddingsCalculatorOVOptions]"));

        assertThatThrownBy(() -> GraphFile.read(file()))
                .hasMessage(file() + ":20:5: unknown type of options"
                        + " type.googleapis.com/mediapipe.EmbeddingsCalculatorOVOptions");
    }

    @Test
    void refusesAFieldGivenTwice() {
        assertThatThrownBy(() -> read("models_path: './'\ncache_size: 1\ncache_size: 2"))
                .hasMessageStartingWith(file() + ":21:")
                .hasMessageContaining("cache_size");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft_max_num_seqs: 3                              | draft_max_num_seqs: draft_models_path is missing
            draft_dynamic_split_fuse: false                    | draft_dynamic_split_fuse: draft_models_path is missing
            draft_models_path: 'd' draft_max_num_batched_tokens: 9 | draft_max_num_batched_tokens 9: the engine gives the draft model the main model's max_num_batched_tokens, 256; leave it out
            draft_models_path: 'd' draft_dynamic_split_fuse: false | draft_dynamic_split_fuse false: the engine gives the draft model the main model's dynamic_split_fuse, true; leave it out
            draft_models_path: 'd' draft_block_size: 32        | draft_block_size: the device decides it: 32 tokens on a CPU, 16 on a GPU; leave it out
            draft_models_path: 'd' draft_device: 'TPU'         | draft_device 'TPU': allowed are CPU, GPU, GPU.<n>, NPU, AUTO, AUTO:<list>, HETERO:<list>
            draft_models_path: 'd' draft_max_num_seqs: 0       | draft_max_num_seqs 0: allowed are 1 to 2147483647
            draft_models_path: 'd' plugin_config: '{"prompt_lookup": true}' | draft_models_path: plugin_config says prompt_lookup; the two exclude each other
            draft_eagle3_mode: true                            | draft_eagle3_mode: EAGLE-3 draft models are not served; a draft model is a whole smaller model
            cache_eviction_config { start_size: 32 }           | cache_eviction_config.recent_size: missing
            cache_eviction_config { start_size: 0 }            | cache_eviction_config.start_size 0: allowed are 1 to 2147483647
            cache_eviction_config { start_size: 32 recent_size: 32 max_cache_size: 64 } | cache_eviction_config.max_cache_size 64: it is to be more than start_size and recent_size together, 64
            cache_eviction_config { apply_rotation: true }     | cache_eviction_config.apply_rotation: the engine's rotation is not safe: a growing cache it writes beyond, and a prompt longer than max_num_batched_tokens ends it
            sparse_attention_config { xattention_threshold: 1.5 } | sparse_attention_config.xattention_threshold 1.5: allowed are 0 to 1
            sparse_attention_config { xattention_stride: 0 }   | sparse_attention_config.xattention_stride 0: allowed are 1 to 2147483647
            cache_interval_multiplier: 0                       | cache_interval_multiplier 0: allowed are 1 to 2147483647
            pipeline_type: OMNI                                | pipeline_type: models that also speak (OMNI) are not served
            tool_parser: 'hermes9'                             | tool_parser 'hermes9': There is no tool parser "hermes9"; known are: gptoss, gemma4, qwen3coder, minicpm5, lfm2, phi4, devstral, mistral, llama3, hermes3, gemma3 and none
            reasoning_parser: 'qwen9'                          | reasoning_parser 'qwen9': There is no reasoning parser "qwen9"; known are: gptoss, gemma4, minicpm5, lfm2, mistral, deepseek_r1, qwen3 and none
            chat_template_mode: JINJA                          | chat_template_mode: templates are applied by the engine (MINJA) only; JINJA needs Python
            plugin_config: '{"prompt_lookup": 1}'              | plugin_config.prompt_lookup: a number; true or false is expected
            plugin_config: '{"DEVICE_PROPERTIES": "CPU"}'      | plugin_config.DEVICE_PROPERTIES: a string; an object is expected
            plugin_config: '{"DEVICE_PROPERTIES": {"CPU": 1}}' | plugin_config.DEVICE_PROPERTIES.CPU: a number; an object is expected
            plugin_config: '{"A": {"B": 1}}'                   | plugin_config.A: an object; a string, a number or a boolean is expected
            device: 'TPU'                                      | device 'TPU': allowed are CPU, GPU, GPU.<n>, NPU, AUTO, AUTO:<list>, HETERO:<list>
            max_num_seqs: 0                                    | max_num_seqs 0: allowed are 1 to 2147483647
            cache_size: 18446744073709551615                   | cache_size 18446744073709551615: allowed are 0 to 2147483647
            max_tokens_limit: 4294967295                       | max_tokens_limit 4294967295: allowed are 1 to 2147483647
            """)
    void refusesByNameAndLine(String option, String message) {
        assertThatThrownBy(() -> read("models_path: './'\n" + option)).hasMessage(file() + ":20: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enable_tool_guided_generation: false
            draft_eagle3_mode: false
            chat_template_mode: MINJA
            tool_parser: ''
            reasoning_parser: 'none'
            """)
    void acceptsWhatAsksForNothing(String option) {
        assertThat(read("models_path: './'\n" + option).modelFolder()).isEqualTo(folder);
    }

    @Test
    void refusesInvalidPluginConfigWithItsPlace() {
        assertThatThrownBy(() -> read("models_path: './' plugin_config: '{\"A\": }'"))
                .hasMessageStartingWith(file() + ":19: plugin_config:1:")
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void refusesAGraphWithoutModelsPath() {
        assertThatThrownBy(() -> read("cache_size: 1")).hasMessage(file() + ": models_path: missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HttpLLMCalculator           | EmbeddingsCalculatorOV   | :6: calculator 'EmbeddingsCalculatorOV': only graphs of HttpLLMCalculator are served
            LLM_NODE_RESOURCES:llm      | PYTHON_NODE_RESOURCES:py | :9: input_side_packet 'PYTHON_NODE_RESOURCES:py': known tags are LLM_NODE_EXECUTION_CONTEXTS, LLM_NODE_RESOURCES
            "SyncSetInputStreamHandler" | "Immediate"              | :22: input_stream_handler 'Immediate': only SyncSetInputStreamHandler is known
            """)
    void refusesAnotherGraphThanOneOverOneModel(String from, String to, String message) {
        TestModels.write(file(), TestModels.graphText("models_path: './'").replace(from, to));

        assertThatThrownBy(() -> GraphFile.read(file())).hasMessage(file() + message);
    }

    @Test
    void refusesSeveralNodes() {
        String node = TestModels.graphText("models_path: './'");
        TestModels.write(file(), node + node.substring(node.indexOf("node:")));

        assertThatThrownBy(() -> GraphFile.read(file()))
                .hasMessage(file() + ": one node with one node_options is expected, found 2 nodes with 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cache_eviction_config { begin: 1 }                         | 20:25: unknown field mediapipe.LLMCalculatorOptions.CacheEvictionConfig.begin
            cache_eviction_config { kv_crush_config { seed: 1 } }      | 20:43: unknown field mediapipe.LLMCalculatorOptions.KVCrushConfig.seed
            cache_eviction_config { aggregation_mode: ADAPTIVE_RKV }   | 20:43: Enum type "mediapipe.LLMCalculatorOptions.CacheEvictionConfig.AggregationMode" has no value named "ADAPTIVE_RKV".
            sparse_attention_config { mode: DENSE }                    | 20:33: Enum type "mediapipe.LLMCalculatorOptions.SparseAttentionConfig.SparseAttentionMode" has no value named "DENSE".
            pipeline_type: LMCB                                        | 20:16: Enum type "mediapipe.LLMCalculatorOptions.PipelineType" has no value named "LMCB".
            """)
    void namesErrorsInNestedMessagesAndConstantsWithLineAndColumn(String option, String message) {
        assertThatThrownBy(() -> read("models_path: './'\n" + option)).hasMessage(file() + ":" + message);
    }

    @Test
    void knowsEveryOptionOfOvms() {
        Set<String> known = LLMCalculatorOptions.getDescriptor().getFields().stream()
                .map(FieldDescriptor::getName)
                .collect(Collectors.toSet());

        assertThat(known)
                .containsExactlyInAnyOrder(
                        "models_path",
                        "max_num_batched_tokens",
                        "cache_size",
                        "max_num_seqs",
                        "dynamic_split_fuse",
                        "device",
                        "plugin_config",
                        "best_of_limit",
                        "max_tokens_limit",
                        "enable_prefix_caching",
                        "draft_models_path",
                        "draft_device",
                        "draft_max_num_batched_tokens",
                        "draft_cache_size",
                        "draft_block_size",
                        "draft_max_num_seqs",
                        "draft_dynamic_split_fuse",
                        "draft_eagle3_mode",
                        "pipeline_type",
                        "cache_eviction_config",
                        "tool_parser",
                        "reasoning_parser",
                        "enable_tool_guided_generation",
                        "sparse_attention_config",
                        "cache_interval_multiplier",
                        "chat_template_mode");
    }

    private Path file() {
        return folder.resolve("graph.pbtxt");
    }

    private GraphDescription read(String options) {
        TestModels.graph(folder, options);
        return GraphFile.read(file());
    }
}
