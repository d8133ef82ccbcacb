package io.grevy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir
    Path folder = Path.of("");

    @Test
    void knowsWhoseKeyItIs() throws IOException {
        ApiKey first = ApiKey.generate();
        ApiKey second = ApiKey.generate();
        KeyFile file = read("""
            {"keys": [{"name": "first", "sha256": "%s"}, {"name": "second", "sha256": "%s"}]}\
            """.formatted(first.hexHash(), second.hexHash()));

        assertThat(file.grantOf(first, NOW)).map(Grant::name).contains("first");
        assertThat(file.grantOf(second, NOW)).map(Grant::name).contains("second");
        assertThat(file.grantOf(ApiKey.generate(), NOW)).isEmpty();
    }

    @Test
    void aKeyWithNothingElseMayAskEveryModelAsItsOwnTenant() throws IOException {
        ApiKey key = ApiKey.generate();
        Grant grant = read("""
            {"keys": [{"name": "one", "sha256": "%s"}]}\
            """.formatted(key.hexHash())).grantOf(key, NOW).orElseThrow();

        assertThat(grant.tenant()).isEqualTo("one");
        assertThat(grant.permissions()).containsExactly(Permission.INFERENCE);
        assertThat(grant.models().allow("any/model")).isTrue();
        assertThat(grant.limits()).isEqualTo(Limits.none());
        assertThat(grant.priority()).isZero();
    }

    @Test
    void readsAllThatAnEntryMaySay() throws IOException {
        ApiKey key = ApiKey.generate();
        Grant grant = read("""
            {"keys": [{"name": "one", "sha256": "%s", "tenant": "team", "models": ["grevy/demo", "OpenVINO/*"],
              "permissions": ["metrics", "admin"], "priority": -3, "expires": "2027-01-01T00:00:00Z",
              "limits": {"requests_per_minute": 1, "prompt_tokens_per_minute": 2, "generated_tokens_per_minute": 3,
                         "pictures_per_minute": 4, "concurrent_requests": 5}}]}\
            """.formatted(key.hexHash())).grantOf(key, NOW).orElseThrow();

        assertThat(grant.tenant()).isEqualTo("team");
        assertThat(grant.models().allow("grevy/demo")).isTrue();
        assertThat(grant.models().allow("grevy/demo2")).isFalse();
        assertThat(grant.models().allow("OpenVINO/any")).isTrue();
        assertThat(grant.permissions()).containsExactlyInAnyOrder(Permission.METRICS, Permission.ADMIN);
        assertThat(grant.priority()).isEqualTo(-3);
        assertThat(grant.limits())
                .isEqualTo(new Limits(
                        OptionalLong.of(1),
                        OptionalLong.of(2),
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        OptionalLong.of(5)));
    }

    @Test
    void aKeyThatHasExpiredIsNobodys() throws IOException {
        ApiKey key = ApiKey.generate();
        KeyFile file = read("""
            {"keys": [{"name": "one", "sha256": "%s", "expires": "2026-11-23T00:00:00Z"}]}\
            """.formatted(key.hexHash()));

        assertThat(file.grantOf(key, NOW.minusMillis(1))).isPresent();
        assertThat(file.grantOf(key, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "secret | not valid JSON",
                "{} | keys: empty",
                "{\"keys\": [], \"key\": 1} | key: unknown",
                "{\"keys\": [{\"sha256\": \"HASH\"}]} | keys[0].name: missing",
                "{\"keys\": [{\"name\": \"a\"}]} | keys[0].sha256: missing",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"abc\"}]} | 'grevy key' makes a key and its entry",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"model\": []}]} | keys[0].model: unknown",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"models\": [1]}]} | keys[0].models: an array; an"
                        + " array of strings",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"permissions\": [\"all\"]}]} | 'all' is none;"
                        + " there are inference, metrics, admin",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"priority\": 101}]} | from -100 to 100",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"limits\": {\"requests\": 1}}]} |"
                        + " keys[0].limits.requests: unknown",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"limits\": {\"requests_per_minute\": 0}}]} |"
                        + " from 1 to",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"limits\": {\"requests_per_minute\": 1.5}}]} |"
                        + " 1.5; a whole number",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\", \"expires\": \"soon\"}]} | 'soon' is not a time",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\"}, {\"name\": \"b\", \"sha256\": \"HASH\"}]} |"
                        + " another entry has the same key",
                "{\"keys\": [{\"name\": \"a\", \"sha256\": \"HASH\"}, {\"name\": \"a\", \"sha256\": \"HASH\"}]} | is"
                        + " the name at keys[0].name already"
            })
    void refusesAndNamesThePlace(String json, String message) {
        assertThatThrownBy(() -> read(json.replace("HASH", ApiKey.generate().hexHash())))
                .as(json)
                .isInstanceOf(RepositoryException.class)
                .hasMessageContainingAll("keys.json", message);
    }

    @Test
    void refusesTwoLimitsOfOneTenant() {
        assertThatThrownBy(() -> read("""
            {"keys": [{"name": "a", "sha256": "%s", "tenant": "t", "limits": {"requests_per_minute": 1}},
                      {"name": "b", "sha256": "%s", "tenant": "t"}]}\
            """.formatted(
                                ApiKey.generate().hexHash(), ApiKey.generate().hexHash())))
                .hasMessageContaining("keys[1].limits: another key of the tenant 't' has other limits");
    }

    private KeyFile read(String json) throws IOException {
        return KeyFile.read(Files.writeString(folder.resolve("keys.json"), json));
    }
}
