package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.hub.HubException.Reason;
import io.grevy.repository.SourceModel;
import io.grevy.testhub.HubModel;
import io.grevy.testhub.HubRequest;
import io.grevy.testhub.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelHubTest {
    @TempDir
    Path repository = Path.of("");

    private final Map<String, byte[]> files = Pulls.files(1);
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
    void bringsEveryFileButGitsOwn() throws Exception {
        PullResult result = pulls.pull();

        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
        String commit = HubModel.of(files).commit();
        long bytes = files.entrySet().stream()
                .filter(file -> !file.getKey().equals(".gitattributes"))
                .mapToLong(file -> file.getValue().length)
                .sum();
        assertThat(result).isEqualTo(new PullResult.Pulled(pulls.folder(), commit, 5, bytes));
        assertThat(PullRecord.read(pulls.folder())).contains(new PullRecord(Pulls.MODEL, "main", commit));
        assertThat(pulls.progress.status().done()).isEqualTo(bytes);
        assertThat(pulls.progress.status().percent()).isEqualTo(100);
    }

    @Test
    void leavesNothingBesideTheFolder() throws Exception {
        pulls.pull();

        try (var beside = Files.list(pulls.folder().getParent())) {
            assertThat(beside).containsExactly(pulls.folder());
        }
    }

    @Test
    void asksTheHubNothingForAModelThatIsThere() throws Exception {
        pulls.pull();
        int before = pulls.hub.requests().size();

        assertThat(pulls.pull()).isEqualTo(new PullResult.AlreadyThere(pulls.folder()));
        assertThat(pulls.hub.requests()).hasSize(before).isNotEmpty();
    }

    @Test
    void leavesAFolderAloneThatSomebodyElseMade() throws Exception {
        Files.createDirectories(pulls.folder());
        Files.writeString(pulls.folder().resolve("own"), "own");

        assertThat(pulls.pull()).isEqualTo(new PullResult.AlreadyThere(pulls.folder()));
        assertThat(pulls.hub.requests()).isEmpty();
    }

    @Test
    void fillsAFolderThatIsEmpty() throws Exception {
        Files.createDirectories(pulls.folder());

        assertThat(pulls.pull()).isInstanceOf(PullResult.Pulled.class);
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
    }

    @Test
    void replacesTheFolderWhereAskedTo() throws Exception {
        pulls.pull();
        Files.writeString(pulls.folder().resolve("own"), "own");
        pulls.holding(Pulls.files(7));

        pulls.pull(pulls.overwriting(Pulls.MODEL), Map.of());

        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(Pulls.files(7)));
    }

    @Test
    void keepsTheFolderOfBeforeWhereReplacingFails() throws Exception {
        pulls.pull();
        pulls.hub.list(Pulls.MODEL, "{}");

        assertThatThrownBy(() -> pulls.pull(pulls.overwriting(Pulls.MODEL), Map.of()))
                .isInstanceOf(HubException.class);
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
    }

    @Test
    void bringsTheFolderBackThatAnInterruptedReplacementHadMovedAway() throws Exception {
        pulls.pull();
        Files.move(pulls.folder(), pulls.folder().resolveSibling(".Model.replaced"));
        int before = pulls.hub.requests().size();

        assertThat(pulls.pull()).isEqualTo(new PullResult.AlreadyThere(pulls.folder()));
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(files));
        assertThat(pulls.hub.requests()).hasSize(before);
    }

    @Test
    void pullsTheRevisionThatIsNamed() throws Exception {
        String commit = HubModel.of(files).commit();

        pulls.pull(pulls.request(Pulls.MODEL + "@" + commit), Map.of());

        assertThat(pulls.hub.requests().get(0).path()).isEqualTo("/api/models/" + Pulls.MODEL + "/revision/" + commit);
        assertThat(PullRecord.read(pulls.folder())).contains(new PullRecord(Pulls.MODEL, commit, commit));
    }

    @Test
    void takesTheFilesOfTheCommitThatItListedAlthoughTheBranchMovesOn() throws Exception {
        pulls.pull();

        String commit = HubModel.of(files).commit();
        assertThat(pulls.hub.requests())
                .filteredOn(request -> request.path().contains("/resolve/"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.path()).contains("/resolve/" + commit + "/"));
    }

    @Test
    void refusesToPassOneRevisionForAnother() throws Exception {
        pulls.pull();

        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL + "@v2"), Map.of()))
                .hasMessageContaining("it holds the revision 'main'")
                .hasMessageContaining("not 'v2'; --overwrite_models replaces it");
    }

    @Test
    void takesTheBranchesCommitForTheBranch() throws Exception {
        pulls.pull();

        String commit = HubModel.of(files).commit();
        assertThat(pulls.pull(pulls.request(Pulls.MODEL + "@" + commit), Map.of()))
                .isInstanceOf(PullResult.AlreadyThere.class);
    }

    @Test
    void sendsTheTokenToTheHubAndNowhereElse() throws Exception {
        pulls.hub.gate(Pulls.MODEL);

        pulls.pull(pulls.request(Pulls.MODEL), Map.of("HF_TOKEN", TestHub.GOOD_TOKEN));

        List<HubRequest> toStore =
                pulls.hub.requests().stream().filter(HubRequest::ofStore).toList();
        assertThat(toStore)
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
        assertThat(pulls.hub.requests())
                .filteredOn(request -> !request.ofStore())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.header("Authorization")).contains("Bearer " + TestHub.GOOD_TOKEN));
    }

    @Test
    void pullsOneGgufFileWithItsPartsAndAnotherLaterOn() throws Exception {
        Map<String, byte[]> models = new TreeMap<>();
        models.put("README.md", new byte[] {1});
        models.put("small.gguf", Pulls.random(1, 10_000));
        models.put("big-00001-of-00002.gguf", Pulls.random(2, 10_000));
        models.put("big-00002-of-00002.gguf", Pulls.random(3, 10_000));
        pulls.holding(models);

        pulls.pull(gguf("big-00001-of-00002.gguf"), Map.of());

        assertThat(Pulls.content(pulls.folder()))
                .containsOnlyKeys("big-00001-of-00002.gguf", "big-00002-of-00002.gguf");
        assertThat(pulls.pull(gguf("big-00001-of-00002.gguf"), Map.of())).isInstanceOf(PullResult.AlreadyThere.class);

        assertThat(pulls.pull(gguf("small.gguf"), Map.of())).isInstanceOf(PullResult.Pulled.class);
        models.remove("README.md");
        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(models));
    }

    @Test
    void namesTheGgufFilesOfARepositoryThatHasNotTheOneAskedFor() {
        pulls.holding(Map.of("a.gguf", new byte[10], "b.gguf", new byte[20], "c.txt", new byte[1]));

        assertThatThrownBy(() -> pulls.pull(gguf("d.gguf"), Map.of()))
                .hasMessage("Org/Model: it has no file d.gguf; its GGUF files: a.gguf, b.gguf")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(HubException.class))
                .extracting(HubException::reason)
                .isEqualTo(Reason.FILE_MISSING);
    }

    private PullRequest gguf(String file) {
        return new PullRequest(SourceModel.parse(Pulls.MODEL), repository, Optional.of(file), false);
    }
}
