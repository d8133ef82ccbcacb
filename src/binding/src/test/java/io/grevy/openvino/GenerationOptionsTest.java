package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {
    @BeforeAll
    static void load() {
        OpenVino.load();
    }

    @Test
    void takesEveryOptionInItsType() {
        Map<String, Object> options = Map.of(
                "max_new_tokens",
                5,
                "top_k",
                7L,
                "temperature",
                0.5,
                "top_p",
                1,
                "do_sample",
                true,
                "stop_strings",
                List.of("a", "日本"),
                "stop_token_ids",
                List.of(1, 2L),
                "regex",
                "a+");
        assertThatCode(() -> GenerationOptions.of(options).close()).doesNotThrowAnyException();
    }

    @Test
    void namesAnUnknownOption() {
        assertThatThrownBy(() -> GenerationOptions.of(Map.of("max_tokens", 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max_tokens")
                .hasMessageContaining("max_new_tokens");
    }

    @Test
    void namesAnOptionOfAWrongType() {
        refuses("max_new_tokens", "5");
        refuses("max_new_tokens", 5.0);
        refuses("max_new_tokens", -1);
        refuses("temperature", "hot");
        refuses("temperature", Double.NaN);
        refuses("temperature", Float.POSITIVE_INFINITY);
        refuses("do_sample", 1);
        refuses("stop_strings", "a");
        refuses("stop_strings", List.of(1));
        refuses("stop_token_ids", List.of("a"));
        refuses("json_schema", Map.of());
    }

    private static void refuses(String name, Object value) {
        assertThatThrownBy(() -> GenerationOptions.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
