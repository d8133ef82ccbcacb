package io.grevy.openvino;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs reference.py in a virtual environment of its own, made once under target/ from pinned wheels. */
final class PythonReference {
    private static final Path SOURCES = Path.of("src/test/python").toAbsolutePath();
    private static final Path ENVIRONMENT = Path.of("target/python").toAbsolutePath();
    private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");

    private PythonReference() {}

    static List<List<Long>> tokens(String kind, Path model, int count, List<Models.Question> questions) {
        prepare();
        String input = questions.stream().map(PythonReference::line).collect(joining());
        String output = run(input, PYTHON, SOURCES.resolve("reference.py"), kind, model, count);
        return output.lines()
                .map(line -> Arrays.stream(line.split(" ")).map(Long::valueOf).toList())
                .toList();
    }

    private static String line(Models.Question question) {
        String pictures = question.pictures().stream()
                .map(picture ->
                        "\t" + Arrays.stream(picture).mapToObj(String::valueOf).collect(joining(",")))
                .collect(joining());
        return question.text() + pictures + "\n";
    }

    private static synchronized void prepare() {
        try {
            Path requirements = SOURCES.resolve("requirements.txt");
            Path made = ENVIRONMENT.resolve("made-from.txt");
            if (Files.exists(made) && Files.mismatch(made, requirements) < 0) {
                return;
            }
            run("", "python3", "-m", "venv", "--clear", ENVIRONMENT);
            // Without their dependencies: telemetry is one of them, and isn't needed to run.
            run(
                    "",
                    PYTHON,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--only-binary=:all:",
                    "--require-hashes",
                    "--requirement",
                    requirements);
            Files.copy(requirements, made);
        } catch (IOException e) {
            throw new IllegalStateException("no Python environment to compare with", e);
        }
    }

    private static String run(String input, Object... command) {
        try {
            Path errors = Files.createTempFile("reference", ".err");
            Process process = new ProcessBuilder(
                            Arrays.stream(command).map(String::valueOf).toList())
                    .redirectError(errors.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Arrays.toString(command) + "\n" + Files.readString(errors));
            }
            Files.delete(errors);
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(Arrays.toString(command), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
