package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFolderAppearsWhenItIsCommittedAndNothingElseStays() throws IOException {
        try (Staging staging = Staging.open(destination())) {
            fill(staging.model(), "new");
            assertThat(destination()).doesNotExist();
            staging.commit();
        }
        assertThat(destination().resolve("text")).hasContent("new");
        assertThat(folder.resolve("owner")).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void nothingStaysOfWhatIsNotCommitted() throws IOException {
        try (Staging staging = Staging.open(destination())) {
            fill(staging.model(), "half");
        }
        assertThat(folder.resolve("owner")).isEmptyDirectory();
    }

    @Test
    void whatWasThereIsReplacedAtTheCommitOnly() throws IOException {
        fill(destination(), "old");
        try (Staging staging = Staging.open(destination())) {
            fill(staging.model(), "new");
            assertThat(destination().resolve("text")).hasContent("old");
            staging.commit();
        }
        assertThat(destination().resolve("text")).hasContent("new");
        assertThat(folder.resolve("owner")).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aLinkIsReplacedAndWhatItPointsToStays() throws IOException {
        fill(folder.resolve("elsewhere"), "linked");
        Files.createDirectories(folder.resolve("owner"));
        Files.createSymbolicLink(destination(), folder.resolve("elsewhere"));
        try (Staging staging = Staging.open(destination())) {
            fill(staging.model(), "new");
            staging.commit();
        }
        assertThat(destination().resolve("text")).hasContent("new");
        assertThat(folder.resolve("elsewhere/text")).hasContent("linked");
    }

    @Test
    @SuppressWarnings("try")
    void whatAKilledProcessLeftIsPutRight() throws IOException {
        // Killed between taking the old folder away and putting the new one there.
        Path left = folder.resolve("owner/.model.exporting");
        fill(left.resolve("replaced"), "old");
        fill(left.resolve("model"), "new");

        try (Staging staging = Staging.open(destination())) {
            assertThat(destination().resolve("text")).hasContent("old");
            assertThat(staging.model()).doesNotExist();
        }
        assertThat(left).doesNotExist();
        assertThat(destination().resolve("text")).hasContent("old");
    }

    private Path destination() {
        return folder.resolve("owner/model");
    }

    private static void fill(Path folder, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("text"), text);
    }
}
