package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusWatchTest {
    private final Deque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final HttpServer server = onFreePort();

    @BeforeEach
    void start() {
        server.createContext("/v1/config", exchange -> {
            String answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void saysLoadingOnceAndThenWhereTheModelIsAvailable() {
        watch(
                "",
                state("a/b", "START", "OK", ""),
                state("a/b", "LOADING", "OK", ""),
                state("a/b", "LOADING", "OK", ""),
                state("a/b", "AVAILABLE", "OK", "OK"));

        assertThat(lines()).hasSize(2);
        assertThat(lines()[0]).isEqualTo("grevy: loading a/b …");
        assertThat(lines()[1])
                .matches("grevy: a/b is AVAILABLE at http://127\\.0\\.0\\.1:"
                        + server.getAddress().getPort() + "/v3 \\(\\d+\\.\\d s\\)");
    }

    @Test
    void saysWhyAModelDidNotLoadAndGoesOnWithTheOthers() {
        String bad = entry("bad", "LOADING", "FAILED_PRECONDITION", "unsupported model type smolvlm");
        watch(
                "{" + bad + "," + entry("good", "LOADING", "OK", "") + "}",
                "{" + bad + "," + entry("good", "AVAILABLE", "OK", "OK") + "}");

        assertThat(lines()[0]).isEqualTo("grevy: bad did not load: unsupported model type smolvlm");
        assertThat(lines()[1]).isEqualTo("grevy: loading good …");
        assertThat(lines()[2]).startsWith("grevy: good is AVAILABLE at ");
    }

    @Test
    void saysHowFarItIsWithWhatComesBeforeLoading() {
        watch(
                state("a", "LOADING", "OK", "asking hub.example"),
                state("a", "LOADING", "OK", "pulling 3 % (0.0 of 1.4 GB)"),
                state("a", "LOADING", "OK", "OK"),
                state("a", "AVAILABLE", "OK", "OK"));

        assertThat(lines()).hasSize(4);
        assertThat(lines())
                .startsWith("grevy: asking hub.example", "grevy: pulling 3 % (0.0 of 1.4 GB)", "grevy: loading a …");
    }

    @Test
    void waitsOutAnswersThatAreNoReport() {
        watch(
                "<html>",
                "[]",
                "{\"a\": 1}",
                "{\"a\": {\"model_version_status\": []}}",
                state("a", "AVAILABLE", "OK", ""));

        assertThat(lines()).hasSize(1);
    }

    @Test
    void saysThatThereIsNoModel() {
        watch("{}");

        assertThat(lines())
                .containsExactly("grevy: listening at http://127.0.0.1:"
                        + server.getAddress().getPort() + "/v3, without a model");
    }

    private void watch(String... reports) {
        answers.addAll(Arrays.asList(reports));
        Endpoint endpoint = new Endpoint("127.0.0.1", server.getAddress().getPort());
        new StatusWatch(endpoint, new Console(new PrintStream(said, true, UTF_8))).run();
    }

    private String[] lines() {
        return said.toString(UTF_8).lines().toArray(String[]::new);
    }

    private static String state(String model, String state, String code, String message) {
        return "{" + entry(model, state, code, message) + "}";
    }

    private static String entry(String model, String state, String code, String message) {
        return """
                "%s": {"model_version_status": [{"version": "1", "state": "%s",
                  "status": {"error_code": "%s", "error_message": "%s"}}]}""".formatted(model, state, code, message);
    }

    private static HttpServer onFreePort() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
