package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsEveryHonouredField() {
        Graph graph = read("""
                models_path: "./int8",
                plugin_config: '{"KV_CACHE_PRECISION": "u8", "NUM_STREAMS": 2, "A": 0.5, "CACHE": true}',
                pipeline_type: VLM,
                enable_prefix_caching: true,
                dynamic_split_fuse: false,
                cache_size: 10,
                max_num_batched_tokens: 1024,
                max_num_seqs: 12,
                best_of_limit: 4,
                max_tokens_limit: 300,
                device: "GPU.1",
                """);

        assertThat(graph)
                .isEqualTo(new Graph(
                        folder.resolve("int8"),
                        Optional.of(PipelineType.VLM),
                        new ExecutionSettings(
                                "GPU.1",
                                10,
                                12,
                                1024,
                                false,
                                true,
                                Map.of("KV_CACHE_PRECISION", "u8", "NUM_STREAMS", 2L, "A", 0.5, "CACHE", true),
                                OptionalInt.of(300),
                                4)));
    }

    @Test
    void takesWhatIsNotSetAsOvmsDoesWithPrefixCachingOff() {
        Graph graph = read("models_path: './'");

        assertThat(graph)
                .isEqualTo(new Graph(
                        folder,
                        Optional.empty(),
                        new ExecutionSettings("CPU", 0, 256, 256, true, false, Map.of(), OptionalInt.empty(), 20)));
    }

    @Test
    void takesTheTypeAddressWithoutSpacesToo() {
        TestModels.write(file(), TestModels.graphText("models_path: './'").replace("com / mediapipe", "com/mediapipe"));

        assertThat(Graph.read(file()).modelFolder()).isEqualTo(folder);
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

        assertThatThrownBy(() -> Graph.read(file()))
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
            draft_models_path: 'draft'                         | draft_models_path: speculative decoding is not in this version
            draft_max_num_seqs: 3                              | draft_max_num_seqs: speculative decoding is not in this version
            draft_eagle3_mode: true                            | draft_eagle3_mode: speculative decoding is not in this version
            cache_eviction_config { start_size: 32 }           | cache_eviction_config: cache eviction is not in this version
            sparse_attention_config { mode: XATTENTION }       | sparse_attention_config: sparse attention is not in this version
            cache_interval_multiplier: 2                       | cache_interval_multiplier: not in this version
            tool_parser: 'hermes3'                             | tool_parser: tool calls are not in this version
            reasoning_parser: 'qwen3'                          | reasoning_parser: reasoning is not split off in this version
            enable_tool_guided_generation: true                | enable_tool_guided_generation: tool calls are not in this version
            chat_template_mode: JINJA                          | chat_template_mode: templates are applied by the engine (MINJA) only
            generation_config_path: 'x.json'                   | generation_config_path: not in this version
            plugin_config: '{"prompt_lookup": true}'           | plugin_config.prompt_lookup: prompt lookup decoding is not in this version
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
            LLM_NODE_RESOURCES:llm      | PYTHON_NODE_RESOURCES:py | :9: input_side_packet 'PYTHON_NODE_RESOURCES:py': known tags are LLM_NODE_RESOURCES
            "SyncSetInputStreamHandler" | "Immediate"              | :22: input_stream_handler 'Immediate': only SyncSetInputStreamHandler is known
            """)
    void refusesAnotherGraphThanOneOverOneModel(String from, String to, String message) {
        TestModels.write(file(), TestModels.graphText("models_path: './'").replace(from, to));

        assertThatThrownBy(() -> Graph.read(file())).hasMessage(file() + message);
    }

    @Test
    void refusesSeveralNodes() {
        String node = TestModels.graphText("models_path: './'");
        TestModels.write(file(), node + node.substring(node.indexOf("node:")));

        assertThatThrownBy(() -> Graph.read(file()))
                .hasMessage(file() + ": one node with one node_options is expected, found 2 nodes with 2");
    }

    @Test
    void knowsEveryOptionOfOvms() {
        Set<String> known = io.grevy.repository.graph.LLMCalculatorOptions.getDescriptor().getFields().stream()
                .map(field -> field.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known)
                .containsAll(List.of(
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
                        "pipeline_type"))
                .hasSize(27);
    }

    private Path file() {
        return folder.resolve("graph.pbtxt");
    }

    private Graph read(String options) {
        TestModels.graph(folder, options);
        return Graph.read(file());
    }
}
