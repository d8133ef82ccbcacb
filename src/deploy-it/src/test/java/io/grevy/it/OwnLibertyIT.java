package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/deploy.md}, done word for word on a Liberty that has no server yet; only the ports are free ones. */
@Timeout(400)
class OwnLibertyIT {

    /** A fenced block of the document, and the file that it is, where the line before says so. */
    private static final Pattern BLOCK =
            Pattern.compile("(?:`([^`\\n]+)`:\\n\\n)?```(bash|xml|properties)\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PATH = Pattern.compile("(?m)^\\| `(GET|POST) (/\\S+)` \\| (the same|none)");

    private final Path wlp = Checkout.root().resolve("src/deploy-it/target/own-liberty/wlp");

    @Test
    void servesAfterWhatTheDocumentSays() throws Exception {
        Command.run("rm", "-rf", wlp.toString());
        LibertyCopy.make(wlp);
        Map<String, String> environment = Map.of(
                "WLP", wlp.toString(),
                "GREVY", Checkout.root().toString(),
                "JAVA_HOME", System.getProperty("java.home"));
        int files = 0;
        int commands = 0;
        Matcher block = BLOCK.matcher(Files.readString(Checkout.root().resolve("docs/deploy.md")));
        while (block.find()) {
            if (block.group(2).equals("bash")) {
                Command.run(Checkout.root(), environment, List.of("bash", "-euc", block.group(3)));
                commands++;
            } else if (block.group(1) != null) {
                Path file = Path.of(block.group(1).replace("$WLP", wlp.toString()));
                Files.writeString(
                        file,
                        block.group(3).replace("/srv/grevy", Checkout.root().toString()));
                files++;
            }
        }
        assertThat(commands).isEqualTo(1);
        assertThat(files).isEqualTo(2);
        int port = Ports.free();
        Files.writeString(
                wlp.resolve("usr/servers/vision/configDropins/overrides/port.xml"),
                "<server><httpEndpoint id=\"defaultHttpEndpoint\" host=\"127.0.0.1\" httpPort=\"%d\" httpsPort=\"-1\"/></server>"
                        .formatted(port));

        serve(environment, port);
    }

    private void serve(Map<String, String> environment, int port) throws Exception {
        Path output = Files.createTempFile("own-liberty", ".out");
        ProcessBuilder builder = new ProcessBuilder(wlp.resolve("bin/server").toString(), "run", "vision")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JVM_ARGS", "-XX:TieredStopAtLevel=1");
        Process server = builder.start();
        try {
            Http http = new Http(URI.create("http://127.0.0.1:" + port + "/").toURL());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
            while (!ready(http)) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("the server did not get ready:\n" + Files.readString(output));
                }
                Thread.sleep(200);
            }
            HttpResponse<String> answer = http.post("/v3/chat/completions", """
                    {"model": "grevy/demo", "max_completion_tokens": 5,
                     "messages": [{"role": "user", "content": "Who are you?"}]}
                    """);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":");
            assertThat(http.get("/metrics").body()).contains("vllm:num_requests_running");
            assertThat(http.get("/openapi").body()).contains("/v3/chat/completions");
            pathsOfOvmsAreThereAsTheirTableSays(http);
        } finally {
            server.destroyForcibly();
        }
    }

    private static void pathsOfOvmsAreThereAsTheirTableSays(Http http) throws Exception {
        int rows = 0;
        Matcher row = PATH.matcher(Files.readString(Checkout.root().resolve("docs/ovms.md")));
        while (row.find()) {
            String path = row.group(2).replace("{id}", "grevy/demo");
            int status = (row.group(1).equals("GET") ? http.get(path) : http.post(path, "{}")).statusCode();
            if (row.group(3).equals("none")) {
                assertThat(status).as(row.group()).isIn(404, 405);
            } else {
                assertThat(status).as(row.group()).isIn(200, 201, 400);
            }
            rows++;
        }
        assertThat(rows).isGreaterThan(15);
    }

    private static boolean ready(Http http) throws InterruptedException {
        try {
            return http.get("/health/ready").statusCode() == 200;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
