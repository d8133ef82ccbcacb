package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command that ends by itself. */
final class Command {

    private static final long MINUTES = 10;

    /** What it came to. */
    record Result(int code, String printed) {}

    private Command() {}

    /** Runs one that has to succeed, and gives what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        return run(Checkout.root(), Map.of(), List.of(command));
    }

    /** The same in a folder and with further environment variables. */
    static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Result result = result(folder, environment, command);
        assertThat(result.code()).as("%s%n%s", command, result.printed()).isZero();
        return result.printed();
    }

    /** Runs one that may fail. */
    static Result result(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String printed = Files.readString(output, UTF_8);
            assertThat(ended).as("%s did not end:%n%s", command, printed).isTrue();
            return new Result(process.exitValue(), printed);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    /** The program of this name that would be started. */
    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
