package io.grevy.it;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** nginx with {@code docs/nginx.conf}, in which only addresses are others. */
final class Nginx implements AutoCloseable {

    private static final Pattern SERVERS = Pattern.compile("(?m)(^ *server 10\\.0\\.0\\.\\d:8000 [^;]*;\\n)+");

    private final Path folder;
    private final int port;
    private final List<Node> nodes;
    private final Process process;

    private Nginx(Path folder, int port, List<Node> nodes) throws Exception {
        this.folder = folder;
        this.port = port;
        this.nodes = nodes;
        configure(List.of());
        this.process = new ProcessBuilder(
                        Tools.ofDebian("nginx", "usr/sbin/nginx").toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        "nginx.conf",
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off; pid nginx.pid;" + (ImageTree.isRoot() ? " user root;" : ""))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        awaitUp();
    }

    static Nginx start(List<Node> nodes) throws Exception {
        Path folder = Files.createTempDirectory(Checkout.root().resolve("src/deploy-it/target"), "nginx");
        return new Nginx(folder, Ports.free(), nodes);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** New requests go to the others; what is under way goes on. */
    void takeOut(Node node) throws Exception {
        List<ProcessHandle> workers = process.children().toList();
        configure(List.of(node));
        new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                .start()
                .waitFor();
        // Until then they take requests over connections that clients have kept.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!workers.stream().allMatch(Nginx::leavesOff)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nginx did not reload:\n" + Files.readString(folder.resolve("output")));
            }
            Thread.sleep(50);
        }
    }

    /** A worker that takes nothing new says so in its title. */
    private static boolean leavesOff(ProcessHandle worker) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(worker.pid()), "cmdline"))
                    .contains("shutting down");
        } catch (IOException e) {
            return true;
        }
    }

    private void configure(List<Node> out) throws IOException {
        String servers = nodes.stream()
                .map(node -> "        server " + node.address() + " max_fails=1 fail_timeout=5s"
                        + (out.contains(node) ? " down" : "") + ";\n")
                .collect(Collectors.joining());
        String temporary = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                .map(kind -> "    " + kind + "_temp_path " + folder.resolve(kind) + ";\n")
                .collect(Collectors.joining());
        String text = SERVERS.matcher(Files.readString(Checkout.root().resolve("docs/nginx.conf")))
                .replaceAll(servers)
                .replace("worker_processes auto", "worker_processes 1")
                .replace("listen 8000", "listen 127.0.0.1:" + port)
                .replace("http {\n", "http {\n    access_log off;\n" + temporary);
        Files.writeString(folder.resolve("nginx.conf"), text);
    }

    private void awaitUp() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("nginx did not start:\n" + Files.readString(folder.resolve("output")), e);
                }
                Thread.sleep(50);
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
