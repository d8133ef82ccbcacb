package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingOptionsTest {

    @Test
    void readsEachSettingByItsName() {
        ServingOptions options = read(Map.of(
                "pipeline_type", "VLM",
                "target_device", "HETERO:GPU,CPU",
                "cache_size", "0",
                "max_num_seqs", "1",
                "max_num_batched_tokens", "2",
                "enable_prefix_caching", "false",
                "dynamic_split_fuse", "TRUE",
                "plugin_config", "{\"A\": 1e2}",
                "kv_cache_precision", "u8",
                "cache_interval_multiplier", "4"));

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
                        OptionalInt.of(4)));
    }

    @Test
    void leavesTheDefaultsWhereNothingIsSaid() {
        assertThat(ServingOptions.none().over(ExecutionSettings.defaults())).isEqualTo(ExecutionSettings.defaults());
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

    private static ServingOptions read(Map<String, String> settings) {
        return ServingOptions.read(key -> Optional.ofNullable(settings.get(key)));
    }
}
