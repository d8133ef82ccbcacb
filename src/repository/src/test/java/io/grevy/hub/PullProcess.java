package io.grevy.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@link PullMain} as a process. */
final class PullProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    PullProcess(Pulls pulls, Path repository) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PullMain.class.getName(),
                        repository.toString()))
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("HF_")
                        || name.toUpperCase(java.util.Locale.ROOT).endsWith("_PROXY"));
        builder.environment().put("HF_ENDPOINT", pulls.endpoint().toString());
        process = builder.start();
        lines = process.inputReader(UTF_8);
    }

    void awaitLine(String expected) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(expected)) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("no line '" + expected + "' in:\n" + said);
    }

    /** As by {@code kill -9}: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
