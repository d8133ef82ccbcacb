package io.grevy.hub;

import static io.grevy.hub.BrokenPullTest.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.hub.HubException.Reason;
import io.grevy.testhub.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls that cannot succeed: each says why, and what helps. */
@Timeout(60)
class RefusedPullTest {
    private static final String API = "/api/models/" + Pulls.MODEL + "/revision/main";

    @TempDir
    Path repository = Path.of("");

    private Pulls pulls = new Pulls(repository);

    @BeforeEach
    void start() {
        pulls.close();
        pulls = new Pulls(repository).holding(Pulls.files(5));
    }

    @AfterEach
    void end() {
        assertThat(pulls.folder())
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isRegularFile());
        pulls.close();
    }

    @Test
    void aGatedModelWantsItsLicenceAcceptedAndAToken() {
        pulls.hub.gate(Pulls.MODEL);

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.GATED))
                .hasMessage("Org/Model is gated: accept its licence at " + pulls.endpoint()
                        + "/Org/Model and set HF_TOKEN to a token of the account that did");
    }

    @Test
    void aGatedModelWantsTheRightAccountsToken() {
        pulls.hub.gate(Pulls.MODEL);

        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_TOKEN", "hf_other")))
                .satisfies(reason(Reason.GATED))
                .hasMessageContaining("see that HF_TOKEN is a token of the account that did")
                .hasMessageNotContaining("hf_other");
    }

    @Test
    void aModelThatIsMissingMayBePrivate() {
        assertThatThrownBy(() -> pulls.pull(pulls.request("Org/Nothing"), Map.of()))
                .satisfies(reason(Reason.MODEL_MISSING))
                .hasMessage("Org/Nothing: no such model at " + pulls.endpoint()
                        + ", or it is private: check the name, and set HF_TOKEN for a private one");
        assertThatThrownBy(() -> pulls.pull(pulls.request("Org/Nothing"), Map.of("HF_TOKEN", "hf_some")))
                .satisfies(reason(Reason.MODEL_MISSING))
                .hasMessageEndingWith("check the name, and that HF_TOKEN may read it");
    }

    @Test
    void aTokenThatTheHubDoesNotKnowIsNamed() {
        pulls.hub.fail(
                API,
                new Fault.Status(401, Map.of("X-Error-Message", "Invalid credentials in Authorization header"), ""));

        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_TOKEN", "hf_old")))
                .satisfies(reason(Reason.NOT_ALLOWED))
                .hasMessage("HF_TOKEN is not accepted by " + pulls.endpoint()
                        + " (Invalid credentials in Authorization header)");
    }

    @Test
    void aRevisionThatIsMissingIsNamed() {
        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL + "@v9"), Map.of()))
                .satisfies(reason(Reason.REVISION_MISSING))
                .hasMessage("Org/Model: there is no revision 'v9' at " + pulls.endpoint() + "/Org/Model");
    }

    @Test
    void offlineNoRequestIsMade() {
        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_HUB_OFFLINE", "1")))
                .satisfies(reason(Reason.OFFLINE))
                .hasMessage("Org/Model: not in " + pulls.folder()
                        + ", and HF_HUB_OFFLINE is set; unset it, or bring the folder there otherwise");
        assertThat(pulls.hub.requests()).isEmpty();
    }

    @Test
    void aHubThatDoesNotListenIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(
                        () -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_ENDPOINT", "http://127.0.0.1:" + port)))
                .satisfies(reason(Reason.UNREACHABLE))
                .hasMessageStartingWith("127.0.0.1:" + port + " cannot be reached: ")
                .hasMessageEndingWith(
                        "; check the network, HTTPS_PROXY and HF_ENDPOINT, or bring the model's folder here otherwise");
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_ENDPOINT", "https://hub.invalid")))
                .satisfies(reason(Reason.UNREACHABLE))
                .hasMessageStartingWith("hub.invalid cannot be reached: no such host is known; check the network");
    }

    @Test
    void aPageInsteadOfTheListingIsNoHubsAnswer() {
        pulls.hub.fail(API, new Fault.Status(200, Map.of("Content-Type", "text/html"), "<html>Please log in</html>"));

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.UNEXPECTED_ANSWER))
                .hasMessageContaining("status 200 with text/html, not what a hub answers; check HF_ENDPOINT");
    }

    @Test
    void aPageInsteadOfAFileIsNotTakenForIt() {
        pulls.hub.fail(
                Pulls.MODEL + "/" + Pulls.LARGE_FILE,
                new Fault.Status(200, Map.of("Content-Type", "text/html"), "<html>Please log in</html>"));

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.UNEXPECTED_ANSWER))
                .hasMessageStartingWith(
                        Pulls.LARGE_FILE + ": the answer of 127.0.0.1 (text/html) is of 26 bytes, while the hub lists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "/etc/passwd",
                "a/../../b",
                "a\\\\..\\\\b",
                "a//b",
                "./a",
                "a\\u0000b",
                "",
                ".grevy-pull.json"
            })
    void aNameThatCouldLeadOutOfTheFolderIsNotTaken(String name) throws Exception {
        pulls.hub.list(Pulls.MODEL, """
                {"sha": "%s", "siblings": [{"rfilename": "%s", "size": 1, "blobId": "%s"}]}""".formatted("0".repeat(40), name, "0".repeat(40)));

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.UNEXPECTED_ANSWER))
                .hasMessageContaining("it could lead elsewhere");
        assertThat(Pulls.content(repository)).containsOnlyKeys("Org/.Model.pulling/lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"sha\": \"main\", \"siblings\": []}",
                "{\"sha\": \"0000000000000000000000000000000000000000\", \"siblings\": [{}]}",
                "{\"sha\": \"0000000000000000000000000000000000000000\", \"siblings\": [{\"rfilename\": \"a\"}]}",
                "{\"sha\": \"0000000000000000000000000000000000000000\", \"siblings\": [{\"rfilename\": \"a\", \"size\": 1}]}",
                "{\"sha\": \"0000000000000000000000000000000000000000\", \"siblings\": [{\"rfilename\": \"a\", \"size\": 1, \"blobId\": \"../x\"}]}"
            })
    void aListingThatIsNoneIsRefused(String json) {
        pulls.hub.list(Pulls.MODEL, json);

        assertThatThrownBy(pulls::pull).satisfies(reason(Reason.UNEXPECTED_ANSWER));
    }

    @Test
    void aModelThatDoesNotFitOnTheDiskIsNotBegun() {
        pulls.hub.list(Pulls.MODEL, """
                {"sha": "%s", "siblings": [{"rfilename": "a.bin", "lfs": {"size": 4000000000000000000, "sha256": "%s"}}]}""".formatted("0".repeat(40), "0".repeat(64)));

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.DISK_FULL))
                .hasMessageContaining(".Model.pulling: 4.0 EB are still to be pulled, but the disk has room for ")
                .hasMessageContaining("give another --model_repository_path");
        assertThat(pulls.hub.requests()).hasSize(1);
    }

    @Test
    void aFileWhereTheFolderShouldBeIsNotReplaced() throws Exception {
        Files.createDirectories(pulls.folder().getParent());
        Files.writeString(pulls.folder(), "a file");

        assertThatThrownBy(pulls::pull)
                .satisfies(reason(Reason.FOLDER))
                .hasMessage(pulls.folder() + ": a file; a folder is expected there");
    }

    @Test
    void aStagingFolderThatIsALinkIsNotUsed(@TempDir Path elsewhere) throws Exception {
        Files.createDirectories(pulls.staging().getParent());
        Files.createSymbolicLink(pulls.staging(), elsewhere);

        assertThatThrownBy(pulls::pull).satisfies(reason(Reason.FOLDER));
        assertThat(elsewhere).isEmptyDirectory();
    }
}
