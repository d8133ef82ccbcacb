package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelListingTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void findsModelsAtAnyDepthOnceEach() throws Exception {
        TestModels.vision(folder.resolve("plain"));
        TestModels.text(folder.resolve("org/model"));
        TestModels.text(folder.resolve("org/versions/1"));
        TestModels.text(folder.resolve("org/versions/2"));
        TestModels.graph(folder.resolve("graph/only"), "models_path: '../../plain'");
        TestModels.text(folder.resolve("plain/inner"));
        TestModels.text(folder.resolve(".hidden/model"));
        Files.createDirectories(folder.resolve("empty/more"));
        TestModels.write(folder.resolve("checkpoint/config.json"), "{}");

        assertThat(ModelListing.of(folder)).containsExactly("graph/only", "org/model", "org/versions", "plain");
    }

    @Test
    void followsLinksButNotInCircles() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        TestModels.text(elsewhere.resolve("model"));
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Files.createSymbolicLink(repository.resolve("linked"), elsewhere);
        Files.createSymbolicLink(repository.resolve("circle"), repository);
        Files.createSymbolicLink(repository.resolve("dangling"), folder.resolve("nowhere"));

        assertThat(ModelListing.of(repository)).containsExactly("linked/model");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> ModelListing.of(folder.resolve("absent")))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(folder.resolve("absent") + ": no such folder");
    }
}
