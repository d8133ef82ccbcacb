package io.grevy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.keys.ApiKey;
import io.grevy.keys.Permission;
import io.grevy.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    private final AtomicLong now = new AtomicLong();
    private final ApiKey first = ApiKey.generate();
    private final ApiKey second = ApiKey.generate();
    private final ApiKey launcher = ApiKey.generate();

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void writeTheFile() throws IOException {
        file = folder.resolve("keys.json");
        write("first", first);
    }

    @Test
    void withoutAFileEverybodyMayDoEverything() throws Exception {
        assertThat(Identity.none().identify(Optional.empty())).isEqualTo(Identity.ANYBODY);
        assertThat(Identity.ANYBODY.permissions()).containsExactlyInAnyOrder(Permission.values());
    }

    @Test
    void knowsWhoseKeyItIs() throws Exception {
        assertThat(identity().identify(Optional.of(first.text())).name()).isEqualTo("first");
    }

    @Test
    void tellsAMissingKeyFromAWrongOne() {
        assertThatThrownBy(() -> identity().identify(Optional.empty()))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.MISSING));
        assertThatThrownBy(() -> identity().identify(Optional.of(second.text())))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.INVALID))
                .message()
                .doesNotContain(second.text());
    }

    @Test
    void theHashItselfIsNoKey() {
        assertThatThrownBy(() -> identity().identify(Optional.of(first.hexHash())))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void theLauncherMayLookAndNothingElse() throws Exception {
        assertThat(identity().identify(Optional.of(launcher.text())).permissions())
                .isEmpty();
    }

    @Test
    void aFileThatChangesIsTakenUpWithinASecond() throws Exception {
        Identity identity = identity();
        write("second", second);

        assertThat(identity.identify(Optional.of(first.text())).name()).isEqualTo("first");

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(identity.identify(Optional.of(second.text())).name()).isEqualTo("second");
        assertThatThrownBy(() -> identity.identify(Optional.of(first.text()))).isInstanceOf(IdentityException.class);
    }

    @Test
    void aFileThatBecomesWrongOrGoesChangesNothing() throws Exception {
        Identity identity = identity();

        Files.writeString(file, "{\"keys\": []}");
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(identity.identify(Optional.of(first.text())).name()).isEqualTo("first");

        Files.delete(file);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(identity.identify(Optional.of(first.text())).name()).isEqualTo("first");
    }

    @Test
    void aFileThatIsWrongAtTheStartIsAnError() throws Exception {
        Files.writeString(file, "a-key");

        assertThatThrownBy(this::identity)
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("keys.json");
    }

    private Identity identity() {
        return Identity.byKeys(new WatchedKeys(file, now::get), launcher.hexHash(), Clock.systemUTC());
    }

    private void write(String name, ApiKey key) throws IOException {
        Files.writeString(file, "{\"keys\": [{\"name\": \"" + name + "\", \"sha256\": \"" + key.hexHash() + "\"}]}");
    }
}
