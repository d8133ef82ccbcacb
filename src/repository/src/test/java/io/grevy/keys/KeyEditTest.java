package io.grevy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEditTest {

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("keys.json");
    }

    @Test
    void whatIsAddedIsReadAsItWas() {
        ApiKey key = ApiKey.generate();
        OptionalLong none = OptionalLong.empty();
        Grant grant = new Grant(
                "one",
                "team",
                new ModelNames(List.of("a/*", "b")),
                Set.of(Permission.INFERENCE, Permission.METRICS),
                new Limits(OptionalLong.of(7), none, none, none, OptionalLong.of(2)),
                5);
        KeyEntry entry = new KeyEntry(grant, key.hexHash(), Optional.of(Instant.parse("2027-01-01T00:00:00Z")));

        KeyEdit.add(file, entry);

        assertThat(KeyFile.read(file).entries()).containsExactly(entry);
    }

    @Test
    void theFileHoldsNoKeyAndIsItsOwnersAlone() throws IOException {
        ApiKey key = ApiKey.generate();

        KeyEdit.add(file, entry("one", key));

        assertThat(Files.readString(file)).contains(key.hexHash()).doesNotContain(key.text());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneMoreLeavesTheOthers() {
        ApiKey first = ApiKey.generate();
        KeyEdit.add(file, entry("one", first));
        KeyEdit.add(file, entry("two", ApiKey.generate()));

        assertThat(KeyFile.read(file).entries())
                .extracting(entry -> entry.grant().name())
                .containsExactly("one", "two");
        assertThat(KeyFile.read(file).grantOf(first, Instant.now())).isPresent();
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        KeyEdit.add(file, entry("one", ApiKey.generate()));

        assertThatThrownBy(() -> KeyEdit.add(file, entry("one", ApiKey.generate())))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("there is a key of the name 'one' already");
    }

    @Test
    void limitsThatContradictTheTenantsAreRefusedBeforeAnythingIsWritten() throws IOException {
        KeyEdit.add(file, entry("one", ApiKey.generate()));
        String before = Files.readString(file);
        OptionalLong none = OptionalLong.empty();
        Grant other = new Grant(
                "two",
                "one",
                ModelNames.all(),
                Set.of(Permission.INFERENCE),
                new Limits(OptionalLong.of(1), none, none, none, none),
                0);

        assertThatThrownBy(() ->
                        KeyEdit.add(file, new KeyEntry(other, ApiKey.generate().hexHash(), Optional.empty())))
                .hasMessageContaining("has other limits");

        assertThat(file).hasContent(before);
    }

    @Test
    void whatIsRemovedIsGone() {
        KeyEdit.add(file, entry("one", ApiKey.generate()));
        KeyEdit.add(file, entry("two", ApiKey.generate()));

        assertThat(KeyEdit.remove(file, "one")).isTrue();
        assertThat(KeyEdit.remove(file, "one")).isFalse();

        assertThat(KeyFile.read(file).entries())
                .extracting(entry -> entry.grant().name())
                .containsExactly("two");
    }

    @Test
    void keysAreLongAndNeverTheSame() {
        assertThat(ApiKey.generate().text()).matches("grevy-[A-Za-z0-9_-]{43}");
        assertThat(ApiKey.generate()).isNotEqualTo(ApiKey.generate());
        assertThat(ApiKey.generate().toString()).doesNotContain("grevy-");
    }

    private static KeyEntry entry(String name, ApiKey key) {
        return new KeyEntry(
                new Grant(name, name, ModelNames.all(), Set.of(Permission.INFERENCE), Limits.none(), 0),
                key.hexHash(),
                Optional.empty());
    }
}
