package io.grevy.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code ./grevy} as a user starts it, on a free port. Closing ends it. */
final class GrevyProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path output;
    private final int port;

    private GrevyProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static GrevyProcess start(String... flags) throws IOException {
        return start(Map.of(), flags);
    }

    /** With these environment variables besides. */
    static GrevyProcess start(Map<String, String> environment, String... flags) throws IOException {
        int port = freePort();
        Path output = Files.createTempFile("grevy", ".out");
        List<String> command = new ArrayList<>(List.of("./grevy", "--rest_port", String.valueOf(port)));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Checkout.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new GrevyProcess(builder.start(), output, port);
    }

    /** Waits until the launcher says that the model is AVAILABLE. */
    GrevyProcess awaitAvailable() throws IOException, InterruptedException {
        return awaitSaid("AVAILABLE");
    }

    /** Waits until the launcher says something. */
    GrevyProcess awaitSaid(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!said().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("grevy did not get ready:\n" + said());
            }
            Thread.sleep(100);
        }
        return this;
    }

    /** Asks until the answer has this in it; while the server is not up there is none. */
    String await(String text, Callable<String> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = "";
        while (!answer.contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("no '" + text + "' in " + answer + "\n" + said());
            }
            Thread.sleep(50);
            try {
                answer = question.call();
            } catch (IOException e) {
                answer = "";
            }
        }
        return answer;
    }

    URL url() throws IOException {
        return URI.create("http://127.0.0.1:" + port + "/").toURL();
    }

    int port() {
        return port;
    }

    /** All that it printed so far. */
    String said() throws IOException {
        return Files.readString(output);
    }

    /** Ends it as a terminal or Kubernetes does, and gives its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("grevy did not end");
        }
        return process.exitValue();
    }

    /** The server's own process, and whatever else it started. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** The memory of the server's own process that is in RAM. */
    long residentBytes() throws IOException {
        ProcessHandle server = descendants().stream()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("ws-server.jar"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the server's process was not found"));
        return Resident.bytesOf(server);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        List<ProcessHandle> children = descendants();
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
