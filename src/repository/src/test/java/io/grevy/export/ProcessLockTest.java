package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessLockTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void isHeldByOneAndFreeAfterIt() throws Exception {
        Path file = folder.resolve("new/lock");
        try (ProcessLock first = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
        }
        try (ProcessLock second = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }

    @Test
    void isFreeAgainWhenTheProcessThatHadItWasKilled() throws Exception {
        Path file = folder.resolve("lock");
        try (LockHolder other = LockHolder.start(file)) {
            assertThat(other).isNotNull();
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
        }
        try (ProcessLock after = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(after).isNotNull();
        }
    }
}
