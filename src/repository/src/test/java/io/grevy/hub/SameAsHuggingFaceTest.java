package io.grevy.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.testhub.HubModel;
import io.grevy.testhub.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hugging Face's own client downloads from the test hub too, and brings the same: the hub here speaks as theirs. */
@Timeout(300)
class SameAsHuggingFaceTest {
    private static final Path SOURCES = Path.of("src/test/python").toAbsolutePath();
    private static final Path ENVIRONMENT = Path.of("target/huggingface").toAbsolutePath();
    private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");

    @Test
    void bringsTheSameFilesAndBytes(@TempDir Path repository, @TempDir Path theirs) throws Exception {
        Map<String, byte[]> files = Pulls.files(17);
        try (Pulls pulls = new Pulls(repository).holding(files)) {
            pulls.pull();
            int ours = pulls.hub.requests().size();
            snapshot(pulls, "main", theirs);

            Map<String, String> content = Pulls.content(theirs);
            assertThat(content.remove(".gitattributes")).isNotNull();
            assertThat(Pulls.content(pulls.folder())).isEqualTo(content).hasSize(5);
            assertThat(pulls.hub.requests()).hasSizeGreaterThan(ours);
        }
    }

    @Test
    void bringsTheSameOfAGatedModelAtACommit(@TempDir Path repository, @TempDir Path theirs) throws Exception {
        Map<String, byte[]> files = Pulls.files(19);
        String commit = HubModel.of(files).commit();
        try (Pulls pulls = new Pulls(repository).holding(files)) {
            pulls.hub.gate(Pulls.MODEL);
            pulls.pull(pulls.request(Pulls.MODEL + "@" + commit), Map.of("HF_TOKEN", TestHub.GOOD_TOKEN));
            snapshot(pulls, commit, theirs);

            Map<String, String> content = Pulls.content(theirs);
            content.remove(".gitattributes");
            assertThat(Pulls.content(pulls.folder())).isEqualTo(content).hasSize(5);
        }
    }

    private static void snapshot(Pulls pulls, String revision, Path folder) throws Exception {
        prepare();
        ProcessBuilder builder = new ProcessBuilder(
                PYTHON.toString(), SOURCES.resolve("snapshot.py").toString(), Pulls.MODEL, revision, folder.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
        builder.environment()
                .putAll(Map.of(
                        "HF_ENDPOINT",
                        pulls.endpoint().toString(),
                        "HF_TOKEN",
                        TestHub.GOOD_TOKEN,
                        "HF_HOME",
                        ENVIRONMENT.resolve("home").toString(),
                        "HF_HUB_DISABLE_TELEMETRY",
                        "1",
                        "HF_HUB_DISABLE_UPDATE_CHECK",
                        "1",
                        "NO_PROXY",
                        "127.0.0.1"));
        run(builder);
    }

    /** Made once under target/ from pinned wheels. */
    private static synchronized void prepare() throws Exception {
        Path requirements = SOURCES.resolve("requirements.txt");
        Path made = ENVIRONMENT.resolve("made-from.txt");
        if (Files.exists(made) && Files.mismatch(made, requirements) < 0) {
            return;
        }
        run(new ProcessBuilder("python3", "-m", "venv", "--clear", ENVIRONMENT.toString()));
        run(new ProcessBuilder(List.of(
                PYTHON.toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--only-binary=:all:",
                "--requirement",
                requirements.toString())));
        Files.copy(requirements, made);
    }

    private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
