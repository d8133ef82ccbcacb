package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFingerprintTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void isTheSameWhileNothingChanges() throws Exception {
        TestModels.text(folder.resolve("m"));
        String before = fingerprint("m");

        Files.setLastModifiedTime(folder.resolve("m/config.json"), FileTime.fromMillis(1));

        assertThat(fingerprint("m")).isEqualTo(before);
    }

    @Test
    void tellsAnotherContentOfTheConfiguration() {
        TestModels.text(folder.resolve("m"));
        String before = fingerprint("m");

        TestModels.write(folder.resolve("m/config.json"), "{\"model_type\": \"other\"}");

        assertThat(fingerprint("m")).isNotEqualTo(before);
    }

    @Test
    void tellsAnotherSizeOrTimeOfAModelFile() throws Exception {
        TestModels.text(folder.resolve("m"));
        Path file = folder.resolve("m/openvino_model.bin");
        String first = fingerprint("m");

        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        String second = fingerprint("m");
        Files.writeString(file, "more");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(second).isNotEqualTo(first);
        assertThat(fingerprint("m")).isNotIn(first, second);
    }

    @Test
    void tellsAFileThatCameOrWent() throws Exception {
        TestModels.text(folder.resolve("m"));
        String before = fingerprint("m");

        Path more = Files.createFile(folder.resolve("m/chat_template.jinja"));
        String with = fingerprint("m");
        Files.delete(more);

        assertThat(with).isNotEqualTo(before);
        assertThat(fingerprint("m")).isEqualTo(before);
    }

    @Test
    void tellsANewVersion() {
        TestModels.text(folder.resolve("m/1"));
        String before = fingerprint("m");

        TestModels.text(folder.resolve("m/2"));

        assertThat(fingerprint("m")).isNotEqualTo(before);
    }

    @Test
    void tellsAChangeInTheFolderThatAGraphNames() {
        TestModels.text(folder.resolve("files"));
        TestModels.graph(folder.resolve("m"), "models_path: '../files'");
        String before = fingerprint("m");

        TestModels.write(folder.resolve("files/openvino_model.bin"), "more");

        assertThat(fingerprint("m")).isNotEqualTo(before);
    }

    @Test
    void tellsAnotherContentOfTheGraph() {
        TestModels.text(folder.resolve("m"));
        TestModels.graph(folder.resolve("m"), "models_path: '.' max_num_seqs: 3");
        String before = fingerprint("m");

        TestModels.graph(folder.resolve("m"), "models_path: '.' max_num_seqs: 4");

        assertThat(fingerprint("m")).isNotEqualTo(before);
    }

    @Test
    void tellsALinkThatLeadsElsewhere() throws Exception {
        TestModels.text(folder.resolve("one"));
        TestModels.write(TestModels.text(folder.resolve("two")).resolve("openvino_model.bin"), "more");
        link("one");
        String before = fingerprint("m");

        link("two");

        assertThat(fingerprint("m")).isNotEqualTo(before);
    }

    @Test
    void tellsAFolderThatIsGoneFromOneThatIsThere() {
        String absent = fingerprint("m");
        TestModels.text(folder.resolve("m"));

        assertThat(fingerprint("m")).isNotEqualTo(absent);
        assertThat(fingerprint("other")).isNotEqualTo(absent);
    }

    private void link(String target) throws IOException {
        Path fresh = Files.createSymbolicLink(folder.resolve("fresh"), Path.of(target));
        Files.move(fresh, folder.resolve("m"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String fingerprint(String name) {
        return ModelFingerprint.of(new ModelLocation(name, folder.resolve(name), Optional.empty()));
    }
}
