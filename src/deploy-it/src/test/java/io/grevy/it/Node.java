package io.grevy.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One Grevy of several: Liberty as a process of its own. */
final class Node {

    private static final Path LIBERTY = Checkout.root().resolve("src/server/target/liberty/wlp");

    private final Process process;
    private final Path output;
    private final int port;
    private final Http http;

    private Node(Process process, Path output, int port) throws IOException {
        this.process = process;
        this.output = output;
        this.port = port;
        this.http = new Http(URI.create("http://127.0.0.1:" + port + "/").toURL());
    }

    /** @param userFolder Liberty's, which the nodes share */
    static Node start(Path userFolder) throws IOException {
        int port = Ports.free();
        Path folder = Files.createTempDirectory(Checkout.root().resolve("src/deploy-it/target"), "node");
        Path output = folder.resolve("console");
        ProcessBuilder builder = new ProcessBuilder(
                        LIBERTY.resolve("bin/server").toString(), "run", "grevy")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It is up sooner so, and has little to compute.
        builder.environment().put("JVM_ARGS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("WLP_USER_DIR", userFolder.toString());
        builder.environment().put("WLP_OUTPUT_DIR", folder.toString());
        builder.environment().put("GREVY_REST_PORT", String.valueOf(port));
        builder.environment().put("GREVY_MODEL_NAME", "grevy/demo");
        builder.environment()
                .put("GREVY_MODEL_PATH", Checkout.model("grevy/demo").toString());
        return new Node(builder.start(), output, port);
    }

    Node awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("a node did not get ready:\n" + Files.readString(output));
            }
            Thread.sleep(200);
        }
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    URI uri() {
        return URI.create("http://" + address() + "/");
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** As Kubernetes ends a pod. */
    void terminate() {
        process.destroy();
    }

    /** As a machine that goes. */
    void kill() {
        process.destroyForcibly();
    }

    /** Whether it ended by itself within a minute. */
    boolean awaitEnd() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS);
    }
}
