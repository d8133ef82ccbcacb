package io.grevy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.component.Settings;
import jakarta.enterprise.event.Startup;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecuritySettingsTest {

    @Test
    void withoutSettingsNobodyIsAskedAndNothingIsWrittenDown() {
        assertThat(settings(Map.of()))
                .isEqualTo(new SecuritySettings(
                        Optional.empty(),
                        "",
                        Duration.ZERO,
                        256,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        ""));
    }

    @Test
    void readsEachSetting() {
        assertThat(settings(Map.of(
                        "grevy.api_key_file", "/k.json",
                        "grevy.launcher_key_sha256", "ab",
                        "grevy.request_timeout_seconds", "30",
                        "grevy.max_requests", "10",
                        "grevy.allowed_origins", "https://a.example, http://b.example:8080",
                        "grevy.access_log", "-",
                        "grevy.audit_log", "/a.log",
                        "grevy.log_prompts", "TRUE",
                        "grevy.rest_bind_address", "0.0.0.0")))
                .isEqualTo(new SecuritySettings(
                        Optional.of(Path.of("/k.json")),
                        "ab",
                        Duration.ofSeconds(30),
                        5,
                        List.of("https://a.example", "http://b.example:8080"),
                        Optional.of("-"),
                        Optional.of("/a.log"),
                        true,
                        "0.0.0.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "grevy.request_timeout_seconds, -1",
        "grevy.allowed_origins, app.example.org",
        "grevy.allowed_origins, https://a.example/path",
        "grevy.log_prompts, yes"
    })
    void refusesAndNamesTheSetting(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(key, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost", ""})
    void loopbackNeedsNoKeys(String address) {
        assertThat(warnings(Map.of("grevy.rest_bind_address", address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "*", "192.0.2.1"})
    void listeningOnMoreWithoutKeysIsWarnedOf(String address) {
        assertThat(warnings(Map.of("grevy.rest_bind_address", address)))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
                    assertThat(warning.getMessage()).contains("asks nobody for a key", "--api_key_file");
                    assertThat(warning.getParameters()).containsExactly(address);
                });
    }

    private static List<LogRecord> warnings(Map<String, String> values) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(SecurityBeans.class.getName());
        logger.addHandler(handler);
        try {
            new SecurityBeans(config(values)).check(new Startup());
        } finally {
            logger.removeHandler(handler);
        }
        return records;
    }

    private static SecuritySettings settings(Map<String, String> values) {
        return SecuritySettings.from(new Settings(config(values)));
    }

    private static Config config(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(
                SecuritySettingsTest.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getOptionalValue")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return Optional.ofNullable(values.get((String) arguments[0]));
                });
    }
}
