package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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

    /** Whether a program of this name can be started. */
    static boolean exists(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
