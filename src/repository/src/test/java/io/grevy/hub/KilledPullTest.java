package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.testhub.Fault;
import io.grevy.testhub.HubRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that pulls is killed in the middle of a file. */
@Timeout(60)
class KilledPullTest {

    @Test
    void anotherGoesOnWhereItEnded(@TempDir Path repository) throws Exception {
        Map<String, byte[]> files = Pulls.files(11);
        byte[] large = files.getOrDefault(Pulls.LARGE_FILE, new byte[0]);
        try (Pulls pulls = new Pulls(repository).holding(files)) {
            pulls.hub.fail(
                    Pulls.MODEL + "/" + Pulls.LARGE_FILE, new Fault.StallAfter(2_000_000, new CountDownLatch(1)));
            long kept;
            try (PullProcess process = new PullProcess(pulls, repository)) {
                Pulls.await(() -> sizeOf(pulls.part(large)) >= 2_000_000);
                process.kill();
                kept = sizeOf(pulls.part(large));
            }
            assertThat(pulls.folder()).doesNotExist();

            try (PullProcess process = new PullProcess(pulls, repository)) {
                process.awaitLine("Pulled");
                assertThat(process.awaitEnd()).isZero();
            }

            List<HubRequest> downloads = pulls.hub.downloads(Pulls.MODEL, Pulls.LARGE_FILE);
            assertThat(downloads).hasSize(2);
            assertThat(kept).isGreaterThanOrEqualTo(2_000_000);
            assertThat(downloads.get(1).header("Range")).contains("bytes=" + kept + "-");
            assertThat(downloads.get(1).sent()).isEqualTo(large.length - kept);
            assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
        }
    }

    private static long sizeOf(Path part) throws Exception {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
