package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./grevy export} as a user runs it. Its Python environment is kept from one run of the tests to the next: in
 * the folder that GREVY_EXPORT_HOME names, else in the build's.
 */
final class ExportCommand implements AutoCloseable {
    private static final Path REQUIREMENTS =
            Deployments.root().resolve("src/repository/src/main/resources/io/grevy/export/requirements.txt");

    private final Process process;
    private final BufferedReader lines;

    private ExportCommand(Process process) {
        this.process = process;
        this.lines = process.inputReader(UTF_8);
    }

    static ExportCommand start(Path workingFolder, String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Deployments.root().resolve("grevy").toString(), "export", "text_generation"));
        command.addAll(List.of(flags));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
        builder.environment().put("GREVY_EXPORT_HOME", home().toString());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        return new ExportCommand(builder.start());
    }

    /** The interpreter of the environment that these exports use. */
    static Path python() throws IOException {
        return found().orElseThrow(() -> new AssertionError("no environment of " + REQUIREMENTS + " in " + home()));
    }

    /** The same; the environment is made first unless it is there, by an export that comes to nothing else. */
    static Path pythonMadeIfMissing() throws IOException {
        if (found().isEmpty()) {
            Path folder = Files.createTempDirectory("no-model");
            Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"no_such_type\"}");
            try (ExportCommand export = start(folder, "--source_model", folder.toString())) {
                export.rest();
            }
        }
        return python();
    }

    private static Optional<Path> found() throws IOException {
        if (!Files.isDirectory(home())) {
            return Optional.empty();
        }
        try (Stream<Path> environments = Files.list(home())) {
            for (Path environment : environments.filter(Files::isDirectory).toList()) {
                Path made = environment.resolve("requirements.txt");
                if (Files.exists(made) && Files.mismatch(made, REQUIREMENTS) < 0) {
                    return Optional.of(environment.resolve("bin/python"));
                }
            }
        }
        return Optional.empty();
    }

    /** Waits until it has printed a line that begins so, and gives all until then. */
    String awaitLine(String beginning) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return said.toString();
            }
        }
        throw new AssertionError("it ended without a line '" + beginning + "…':\n" + said);
    }

    /** What it prints from now on to its end. */
    String rest() {
        return lines.lines().collect(Collectors.joining("\n"));
    }

    int code() throws InterruptedException {
        return process.waitFor();
    }

    /** Ctrl-C, to it alone. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("bash", "-c", "kill -INT " + process.pid()).start().waitFor();
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Path home() {
        String given = System.getenv("GREVY_EXPORT_HOME");
        return given == null || given.isBlank()
                ? Deployments.root().resolve("src/server/target/export")
                : Path.of(given).toAbsolutePath();
    }
}
