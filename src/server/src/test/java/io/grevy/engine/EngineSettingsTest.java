package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

    @Test
    void testDefaults() {
        assertThat(settings(Map.of())).isEqualTo(new EngineSettings(Duration.ofMinutes(5), 128 << 20));
    }

    @Test
    void testExplicitPropertyMappings() {
        assertThat(settings(Map.of("grevy.stuck_seconds", "7", "grevy.picture_cache_mb", "3000")))
                .isEqualTo(new EngineSettings(Duration.ofSeconds(7), 3000L << 20));
        assertThat(settings(Map.of("grevy.picture_cache_mb", "0")).pictureCacheBytes())
                .isZero();
    }

    @Test
    void aBadNumberIsNamed() {
        assertThatThrownBy(() -> settings(Map.of("grevy.picture_cache_mb", "-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grevy.picture_cache_mb is '-1'; it must be a whole number from 0 to 1000000");
    }

    private static EngineSettings settings(Map<String, String> values) {
        return EngineSettings.of((Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> Optional.ofNullable(values.get((String) arguments[0]))));
    }
}
