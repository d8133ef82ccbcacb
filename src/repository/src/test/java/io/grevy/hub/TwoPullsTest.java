package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.testhub.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two pull the same model at once: one does it, the other waits and finds it done. */
@Timeout(60)
class TwoPullsTest {
    private final Map<String, byte[]> files = Pulls.files(13);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void ofOneProcess(@TempDir Path repository) throws Exception {
        try (Pulls pulls = stalling(repository)) {
            FutureTask<PullResult> first = new FutureTask<>(pulls::pull);
            new Thread(first).start();
            awaitStall(pulls);
            PullProgress waiting = new PullProgress();
            FutureTask<PullResult> second = new FutureTask<>(
                    () -> new ModelHub(pulls.settings(Map.of())).pull(pulls.request(Pulls.MODEL), waiting));
            new Thread(second).start();
            Pulls.await(() -> waiting.status().text().equals("waiting for another pull of the same model"));

            go.countDown();

            assertThat(first.get()).isInstanceOf(PullResult.Pulled.class);
            assertThat(second.get()).isInstanceOf(PullResult.AlreadyThere.class);
            assertPulledOnce(pulls);
        }
    }

    @Test
    void ofTwoProcesses(@TempDir Path repository) throws Exception {
        try (Pulls pulls = stalling(repository)) {
            FutureTask<PullResult> first = new FutureTask<>(pulls::pull);
            new Thread(first).start();
            awaitStall(pulls);
            try (PullProcess second = new PullProcess(pulls, repository)) {
                second.awaitLine("waiting for another pull of the same model");

                go.countDown();

                assertThat(first.get()).isInstanceOf(PullResult.Pulled.class);
                second.awaitLine("AlreadyThere");
                assertThat(second.awaitEnd()).isZero();
                assertPulledOnce(pulls);
            }
        }
    }

    private Pulls stalling(Path repository) {
        Pulls pulls = new Pulls(repository).holding(files);
        pulls.hub.fail(Pulls.MODEL + "/" + Pulls.LARGE_FILE, new Fault.StallAfter(1_000_000, go));
        return pulls;
    }

    private static void awaitStall(Pulls pulls) throws Exception {
        Pulls.await(() -> pulls.progress.status().done() >= 1_000_000);
    }

    private void assertPulledOnce(Pulls pulls) throws Exception {
        assertThat(pulls.hub.downloads(Pulls.MODEL, Pulls.LARGE_FILE)).hasSize(1);
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
        assertThat(pulls.staging()).doesNotExist();
    }
}
