package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingOptionsTest {

    @Test
    void readsEachSettingByItsName() {
        ServingOptions options = read(Map.ofEntries(
                Map.entry("pipeline_type", "VLM"),
                Map.entry("target_device", "HETERO:GPU,CPU"),
                Map.entry("cache_size", "0"),
                Map.entry("max_num_seqs", "1"),
                Map.entry("max_num_batched_tokens", "2"),
                Map.entry("enable_prefix_caching", "false"),
                Map.entry("dynamic_split_fuse", "TRUE"),
                Map.entry("plugin_config", "{\"A\": 1e2}"),
                Map.entry("kv_cache_precision", "u8"),
                Map.entry("cache_interval_multiplier", "4"),
                Map.entry("draft_source_model", "a/b"),
                Map.entry("tool_parser", "hermes3"),
                Map.entry("reasoning_parser", "none"),
                Map.entry("enable_tool_guided_generation", "true"),
                Map.entry("chat_template_file", "/t/chat.jinja")));

        assertThat(options)
                .isEqualTo(new ServingOptions(
                        Optional.of(PipelineType.VLM),
                        Optional.of("HETERO:GPU,CPU"),
                        OptionalInt.of(0),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(Map.of("A", 100.0)),
                        Optional.of("u8"),
                        OptionalInt.of(4),
                        Optional.of("a/b"),
                        Optional.of("hermes3"),
                        Optional.of("none"),
                        Optional.of(true),
                        Optional.of(Path.of("/t/chat.jinja"))));
    }

    @Test
    void leavesTheDefaultsWhereNothingIsSaid() {
        assertThat(ServingOptions.none().over(ExecutionSettings.defaults(), Path.of("/m")))
                .isEqualTo(ExecutionSettings.defaults());
    }

    @Test
    void takesAutoAndEmptyTextAsNothingSaid() {
        assertThat(read(Map.of("pipeline_type", "AUTO", "target_device", "", "cache_size", " ")))
                .isEqualTo(ServingOptions.none());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            pipeline_type         | vlm        | pipeline_type 'vlm': allowed are LM, LM_CB, VLM, VLM_CB, AUTO
            target_device         | cpu        | target_device 'cpu': allowed are CPU, GPU, GPU.<n>, NPU, AUTO, AUTO:<list>, HETERO:<list>
            cache_size            | -1         | cache_size '-1': allowed are a whole number from 0 to 2147483647
            max_num_seqs          | 0          | max_num_seqs '0': allowed are a whole number from 1 to 2147483647
            max_num_batched_tokens| 1.5        | max_num_batched_tokens '1.5': allowed are a whole number from 1 to 2147483647
            enable_prefix_caching | yes        | enable_prefix_caching 'yes': allowed are true, false
            tool_parser               | hermes9 | tool_parser 'hermes9': There is no tool parser "hermes9"; known are: gptoss, gemma4, qwen3coder, minicpm5, lfm2, phi4, devstral, mistral, llama3, hermes3, gemma3 and none
            cache_interval_multiplier | 0      | cache_interval_multiplier '0': allowed are a whole number from 1 to 2147483647
            plugin_config         | {'prompt_lookup': 'yes'} | plugin_config.prompt_lookup: a string; true or false is expected
            kv_cache_precision    | int8       | kv_cache_precision 'int8': allowed are bf16, f16, f32, i4, i8, u4, u8
            plugin_config         | {'A': []}  | plugin_config.A: an array; a string, a number or a boolean is expected
            plugin_config         | [1]        | plugin_config: not a JSON object but an array
            plugin_config         | {'A': 99999999999999999999} | plugin_config.A: 99999999999999999999 does not fit 64 bits
            """)
    void refusesNamingTheSettingTheValueAndWhatIsAllowed(String key, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(key, value.replace('\'', '"'))))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPU", "GPU", "GPU.0", "NPU", "AUTO", "AUTO:GPU,CPU", "AUTO:GPU.1,-CPU", "HETERO:GPU,CPU"})
    void knowsTheDevices(String device) {
        assertThat(read(Map.of("target_device", device)).targetDevice()).hasValue(device);
    }

    @Test
    void refusesTwoKvCachePrecisions() {
        assertThatThrownBy(() ->
                        read(Map.of("kv_cache_precision", "u8", "plugin_config", "{\"KV_CACHE_PRECISION\": \"f16\"}")))
                .hasMessage("kv_cache_precision 'u8': plugin_config says KV_CACHE_PRECISION 'f16'; give one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "f16", "f32", "i4", "i8", "u4", "u8"})
    void setsTheKvCachesPrecisionAsADeviceProperty(String precision) {
        assertThat(execution(Map.of("kv_cache_precision", precision, "plugin_config", "{\"NUM_STREAMS\": 1}"))
                        .pluginConfig())
                .isEqualTo(Map.of("NUM_STREAMS", 1L, "KV_CACHE_PRECISION", precision));
    }

    @Test
    void findsADraftModelInTheModelsFolderOrByItsPath(@TempDir Path other) {
        assertThat(execution(Map.of("draft_source_model", "OpenVINO/Qwen3-0.6B"))
                        .speculation())
                .isEqualTo(draft(Path.of("/m/OpenVINO-Qwen3-0.6B")));
        assertThat(execution(Map.of("draft_source_model", other.toString())).speculation())
                .isEqualTo(draft(other));
    }

    @Test
    void replacesTheGraphsSpeculation() {
        ExecutionSettings graph = new ExecutionSettings(
                "CPU", Scheduling.defaults(), Map.of(), draft(Path.of("/m/d")), OptionalInt.empty(), 20);
        assertThat(read(Map.of("max_num_seqs", "2")).over(graph, Path.of("/m")).speculation())
                .isEqualTo(graph.speculation());
        assertThat(read(Map.of("plugin_config", "{\"prompt_lookup\": true}"))
                        .over(graph, Path.of("/m"))
                        .speculation())
                .isEqualTo(new Speculation.PromptLookup());
        assertThat(read(Map.of("draft_source_model", "e"))
                        .over(graph, Path.of("/m"))
                        .speculation())
                .isEqualTo(draft(Path.of("/m/e")));
    }

    @Test
    void refusesADraftModelTogetherWithPromptLookup() {
        assertThatThrownBy(() ->
                        execution(Map.of("draft_source_model", "d", "plugin_config", "{\"prompt_lookup\": true}")))
                .hasMessage("draft_source_model 'd': plugin_config says prompt_lookup; the two exclude each other");
    }

    private static Speculation draft(Path folder) {
        return new Speculation.DraftModel(folder, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    private static ExecutionSettings execution(Map<String, String> settings) {
        return read(settings).over(ExecutionSettings.defaults(), Path.of("/m"));
    }

    private static ServingOptions read(Map<String, String> settings) {
        return ServingOptions.read(key -> Optional.ofNullable(settings.get(key)));
    }
}
