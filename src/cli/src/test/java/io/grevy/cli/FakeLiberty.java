package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Stands in for the server: notes the environment and its process id in a folder, answers /v1/config as a server whose
 * model loads, and notes when it is asked to end.
 */
final class FakeLiberty {
    private FakeLiberty() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int port = Integer.parseInt(System.getenv("GREVY_REST_PORT"));
        String model = System.getenv("GREVY_MODEL_NAME");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(folder.resolve("ended"), "in order")));
        write(
                folder.resolve("environment"),
                System.getenv().entrySet().stream()
                        .filter(entry -> entry.getKey().matches("GREVY_.*|WLP_OUTPUT_DIR|JAVA_HOME"))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n")));
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/config", exchange -> {
            byte[] body = """
                    {"%s": {"model_version_status": [{"version": "1", "state": "%s",
                      "status": {"error_code": "OK", "error_message": "OK"}}]}}""".formatted(model, asked.getAndIncrement() < 2 ? "LOADING" : "AVAILABLE")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        write(folder.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
