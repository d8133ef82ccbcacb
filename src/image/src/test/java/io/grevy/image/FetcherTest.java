package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FetcherTest {

    private static final int MAX_BYTES = 100_000;

    private final PictureServer server = new PictureServer();
    private final PictureLoader loader = loader("127.0.0.1", Duration.ofSeconds(20), new Network.System());

    FetcherTest() throws IOException {}

    private static PictureLoader loader(String domains, Duration timeout, Network network) {
        PictureSettings settings =
                new PictureSettings(MAX_BYTES, 1_000_000, 16, timeout, AllowedDomains.parse(domains));
        return new PictureLoader(settings, network, Tls.sockets());
    }

    @AfterEach
    void close() {
        loader.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cat.png", "/chunked.png", "/hops/1", "/hops/3", "/cat.png?a=b#c", "/status/203"})
    void fetchesPictures(String path) throws PictureException {
        Samples.assertQuarters(
                loader.load(server.url(path)), 0, Samples.RED, Samples.GREEN, Samples.BLUE, Samples.YELLOW);
    }

    @Test
    void asksPlainlyForAPicture() throws PictureException {
        loader.load(server.url("/cat.png"));
        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.get(0))
                .containsOnlyKeys("Host", "User-agent", "Accept", "Connection")
                .containsEntry("Host", List.of("127.0.0.1:" + server.port()))
                .containsEntry("User-agent", List.of("Grevy"))
                .containsEntry("Accept", List.of("image/*"));
    }

    @Test
    void followsAtMostThreeRedirects() {
        assertThat(refused(Reason.FETCH_REFUSED, () -> loader.load(server.url("/hops/4"))))
                .contains("more than 3 redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://localhost/",
                "http://example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://user@127.0.0.1/",
                "http://2130706433/", "//10.0.0.1/", "data:image/png;base64,AAAA"
            })
    void checksEveryRedirect(String target) {
        assertThat(refused(Reason.FETCH_REFUSED, () -> loader.load(server.url("/to?" + target))))
                .contains("is redirected");
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/endless"})
    void stopsReadingAtTheLimit(String path) {
        long before = System.nanoTime();
        refused(Reason.TOO_LARGE, () -> loader.load(server.url(path)));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 407, 410, 500, 503, 304, 300})
    void namesTheStatusThatIsNotASuccess(int status) {
        assertThat(refused(Reason.FETCH_FAILED, () -> loader.load(server.url("/status/" + status))))
                .contains("status " + status);
    }

    @Test
    void aBodyThatIsNotAPictureIsNamed() {
        assertThat(refused(Reason.UNSUPPORTED_FORMAT, () -> loader.load(server.url("/html"))))
                .contains("an HTML page");
        assertThat(refused(Reason.UNSUPPORTED_FORMAT, () -> loader.load(server.url("/empty"))))
                .contains("an empty file");
    }

    @Test
    void aBodyThatBreaksOffIsAFailure() {
        refused(Reason.FETCH_FAILED, () -> loader.load(server.url("/short")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow-body", "/slow-head"})
    void theDeadlineHoldsForSlowHosts(String path) {
        try (PictureLoader hasty = loader("127.0.0.1", Duration.ofMillis(700), new Network.System())) {
            long before = System.nanoTime();
            assertThat(refused(Reason.FETCH_TIMEOUT, () -> hasty.load(server.url(path))))
                    .contains("700 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void theDeadlineHoldsForSlowNames() {
        CountDownLatch never = new CountDownLatch(1);
        Network stuck = new StuckNetwork(never);
        try (PictureLoader hasty = loader("", Duration.ofMillis(300), stuck)) {
            refused(Reason.FETCH_TIMEOUT, () -> hasty.load("http://slow.example/"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void noThreadStaysBehind() {
        try (PictureLoader hasty = loader("127.0.0.1", Duration.ofMillis(200), new Network.System())) {
            for (int i = 0; i < 10; i++) {
                refused(Reason.FETCH_TIMEOUT, () -> hasty.load(server.url("/slow-body")));
            }
        }
        loader.close();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (fetchThreads() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(fetchThreads()).isZero();
    }

    private static long fetchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("grevy-picture-fetch"))
                .count();
    }

    @Test
    void closingEndsWhatIsUnderWay() throws InterruptedException {
        AtomicReference<Throwable> outcome = new AtomicReference<>(new AssertionError("nothing thrown"));
        Thread caller = new Thread(() -> outcome.set(catchThrowable(() -> loader.load(server.url("/slow-head")))));
        caller.start();
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        loader.close();
        caller.join(10_000);
        assertThat(outcome.get()).isInstanceOf(PictureException.class);
        refused(Reason.FETCH_FAILED, () -> loader.load(server.url("/cat.png")));
    }

    @Test
    void anInterruptedCallerIsLetGo() throws InterruptedException {
        AtomicReference<Throwable> outcome = new AtomicReference<>(new AssertionError("nothing thrown"));
        Thread caller = new Thread(() -> {
            outcome.set(catchThrowable(() -> loader.load(server.url("/slow-head"))));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
        caller.start();
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join(10_000);
        assertThat(caller.isAlive()).isFalse();
        assertThat(outcome.get()).isInstanceOf(PictureException.class);
    }

    @Test
    void aClosedPortIsAFailure() throws IOException {
        PictureServer gone = new PictureServer();
        String url = gone.url("/cat.png");
        gone.close();
        refused(Reason.FETCH_FAILED, () -> loader.load(url));
    }

    @Test
    void noneRefusesEverythingButDataUris() throws PictureException {
        try (PictureLoader off = loader("none", Duration.ofSeconds(1), new Network.System())) {
            assertThat(refused(Reason.FETCH_REFUSED, () -> off.check("http://example.org/x.png")))
                    .contains("turned off");
            assertThat(off.load(Samples.dataUri(PictureServer.PICTURE)).width()).isEqualTo(48);
        }
    }

    @Test
    void messagesDoNotRepeatTheQuery() {
        String message = refused(Reason.FETCH_FAILED, () -> loader.load(server.url("/status/404?signature=secret")));
        assertThat(message.toLowerCase(Locale.ROOT)).doesNotContain("secret");
    }

    /** Where lookups never end. */
    private record StuckNetwork(CountDownLatch never) implements Network {

        @Override
        public List<InetAddress> resolve(String name) {
            boolean interrupted = false;
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    interrupted = true; // as the real one, it does not care
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }

        @Override
        public void connect(Socket socket, InetSocketAddress address, int timeoutMillis) {
            throw new AssertionError("connected");
        }
    }
}
