package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.hub.HubException.Reason;
import io.grevy.testhub.Fault;
import io.grevy.testhub.HubRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that end, stall, or bring what was not asked for. */
@Timeout(60)
class BrokenPullTest {
    private static final String LARGE = Pulls.MODEL + "/" + Pulls.LARGE_FILE;

    @TempDir
    Path repository = Path.of("");

    private final Map<String, byte[]> files = Pulls.files(3);
    private final byte[] large = files.getOrDefault(Pulls.LARGE_FILE, new byte[0]);
    private Pulls pulls = new Pulls(repository);

    @BeforeEach
    void start() {
        pulls.close();
        pulls = new Pulls(repository).holding(files);
    }

    @AfterEach
    void end() {
        pulls.close();
    }

    @Test
    void goesOnWhereTheConnectionBrokeOff() throws Exception {
        pulls.hub.fail(LARGE, new Fault.CutAfter(1_000_000), new Fault.CutAfter(500_000));

        pulls.pull();

        assertIntact();
        List<HubRequest> downloads = downloads();
        assertThat(downloads).hasSize(3);
        assertThat(downloads.get(0).header("Range")).isEmpty();
        assertThat(rangeOf(downloads.get(1))).isBetween(1L, 1_000_000L);
        assertThat(rangeOf(downloads.get(2))).isBetween(rangeOf(downloads.get(1)) + 1, 1_500_000L);
        assertThat(downloads.get(2).sent()).isEqualTo(large.length - rangeOf(downloads.get(2)));
    }

    @Test
    void doesNotCountAttemptsThatBringSomething() throws Exception {
        Fault[] many = new Fault[10];
        Arrays.fill(many, new Fault.CutAfter(200_000));
        pulls.hub.fail(LARGE, many);

        pulls.pull();

        assertIntact();
        assertThat(downloads()).hasSize(11);
    }

    @Test
    void givesUpOnAConnectionThatBringsNothing() throws Exception {
        pulls.hub.fail(LARGE, new Fault.CutAfter(0), new Fault.CutAfter(0), new Fault.CutAfter(0));

        assertThatThrownBy(pulls::pull).satisfies(reason(Reason.UNAVAILABLE));
        assertThat(pulls.folder()).doesNotExist();
    }

    @Test
    void endsAConnectionThatStallsAndGoesOnWithAnother() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        pulls.hub.fail(LARGE, new Fault.StallAfter(700_000, never));

        new ModelHub(Pulls.impatient(pulls.settings(Map.of()))).pull(pulls.request(Pulls.MODEL), pulls.progress);

        assertIntact();
        assertThat(rangeOf(downloads().get(1))).isBetween(1L, 700_000L);
    }

    @Test
    void beginsAnewWhereTheHubIgnoresTheRange() throws Exception {
        pulls.hub.fail(LARGE, new Fault.CutAfter(1_000_000), new Fault.NoRange());

        pulls.pull();

        assertIntact();
        assertThat(downloads()).hasSize(2);
        assertThat(downloads().get(1).header("Range")).isPresent();
        assertThat(downloads().get(1).sent()).isEqualTo(large.length);
        assertThat(pulls.progress.status().percent()).isEqualTo(100);
    }

    @Test
    void beginsAnewWhereTheHubGivesAnotherRange() throws Exception {
        pulls.hub.fail(LARGE, new Fault.CutAfter(1_000_000), new Fault.OtherRange());

        pulls.pull();

        assertIntact();
        assertThat(downloads().get(2).header("Range")).isEmpty();
    }

    @Test
    void beginsAnewWhereTheHubHasNoSuchRange() throws Exception {
        pulls.hub.fail(LARGE, new Fault.CutAfter(1_000_000), Fault.Status.of(416));

        pulls.pull();

        assertIntact();
        assertThat(downloads().get(2).header("Range")).isEmpty();
    }

    @Test
    void fetchesAFileAgainWhoseChecksumIsWrong() throws Exception {
        pulls.hub.fail(LARGE, new Fault.WrongByte());
        pulls.hub.fail(Pulls.MODEL + "/config.json", new Fault.WrongByte());

        pulls.pull();

        assertIntact();
        assertThat(downloads()).hasSize(2);
        assertThat(pulls.hub.downloads(Pulls.MODEL, "config.json")).hasSize(2);
    }

    @Test
    void givesUpOnAFileWhoseChecksumStaysWrongAndKeepsNothingOfIt() throws Exception {
        pulls.hub.fail(LARGE, new Fault.WrongByte(), new Fault.WrongByte());

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.CHECKSUM))
                .hasMessageStartingWith(Pulls.LARGE_FILE + ": its bytes are not those that the hub lists");
        assertThat(pulls.folder()).doesNotExist();
        assertThat(pulls.part(large)).isEmptyFile();

        pulls.pull();

        assertIntact();
        assertThat(downloads().get(2).header("Range")).isEmpty();
    }

    @Test
    void findsAPartThatWasChangedOnDisk() throws Exception {
        Path part = pulls.part(large);
        Files.createDirectories(part.getParent());
        Files.write(part, Pulls.random(99, 2_000_000));

        pulls.pull();

        assertIntact();
        assertThat(downloads().get(0).header("Range")).contains("bytes=2000000-");
        assertThat(downloads().get(1).header("Range")).isEmpty();
    }

    @Test
    void findsAWholeFileThatWasChangedOnDiskBetweenTwoPulls() throws Exception {
        pulls.hub.fail(LARGE, new Fault.StallAfter(1_000, new CountDownLatch(1)));
        Path config = pulls.staging().resolve("tree/config.json");
        FutureTask<PullResult> broken = new FutureTask<>(pulls::pull);
        Thread thread = new Thread(broken);
        thread.start();
        Pulls.await(() -> Files.exists(config));
        thread.interrupt();
        assertThatThrownBy(broken::get).hasCauseInstanceOf(InterruptedException.class);
        byte[] wrong = Files.readAllBytes(config);
        wrong[3] ^= 1;
        Files.write(config, wrong);

        pulls.pull();

        assertIntact();
        assertThat(pulls.hub.downloads(Pulls.MODEL, "config.json")).hasSize(2);
    }

    @Test
    void keepsWhatItHasAlthoughTheBranchMovesOn() throws Exception {
        pulls.hub.fail(
                LARGE,
                new Fault.CutAfter(1_000_000),
                new Fault.CutAfter(0),
                new Fault.CutAfter(0),
                new Fault.CutAfter(0));
        assertThatThrownBy(pulls::pull).isInstanceOf(HubException.class);
        files.remove("openvino_language_model.xml");
        files.put("config.json", new byte[] {'{', '}'});
        pulls.holding(files);

        pulls.pull();

        assertIntact();
        assertThat(rangeOf(downloads().get(downloads().size() - 1))).isPositive();
    }

    @Test
    void waitsForAHubThatIsBusy() throws Exception {
        String api = "/api/models/" + Pulls.MODEL + "/revision/main";
        pulls.hub.fail(api, new Fault.Status(429, Map.of("Retry-After", "0"), ""), Fault.Status.of(503));
        pulls.hub.fail(LARGE, Fault.Status.of(500), Fault.Status.of(403));

        pulls.pull();

        assertIntact();
        assertThat(pulls.hub.requests())
                .filteredOn(request -> request.path().equals(api))
                .hasSize(3);
    }

    @Test
    void tellsOfAHubThatStaysInTrouble() {
        String api = "/api/models/" + Pulls.MODEL + "/revision/main";
        pulls.hub.fail(api, Fault.Status.of(502), Fault.Status.of(502), Fault.Status.of(502));

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.UNAVAILABLE))
                .hasMessage("127.0.0.1: the hub is in trouble, status 502; try again later");
    }

    @Test
    void endsWhenInterruptedAndGoesOnNextTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        pulls.hub.fail(LARGE, new Fault.StallAfter(1_000_000, never));
        FutureTask<PullResult> pull = new FutureTask<>(pulls::pull);
        Thread thread = new Thread(pull);
        thread.start();
        Pulls.await(() -> pulls.progress.status().done() >= 1_000_000);

        thread.interrupt();

        assertThatThrownBy(pull::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(pulls.folder()).doesNotExist();
        pulls.pull();
        assertIntact();
        assertThat(rangeOf(downloads().get(1))).isPositive();
    }

    private void assertIntact() throws Exception {
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
        assertThat(pulls.staging()).doesNotExist();
    }

    private List<HubRequest> downloads() {
        return pulls.hub.downloads(Pulls.MODEL, Pulls.LARGE_FILE);
    }

    private static long rangeOf(HubRequest request) {
        return Long.parseLong(request.header("Range").orElseThrow().replaceAll("\\D", ""));
    }

    static java.util.function.Consumer<Throwable> reason(Reason reason) {
        return failure -> assertThat(failure)
                .asInstanceOf(InstanceOfAssertFactories.type(HubException.class))
                .extracting(HubException::reason)
                .isEqualTo(reason);
    }
}
