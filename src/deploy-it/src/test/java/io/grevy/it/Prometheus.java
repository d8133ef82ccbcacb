package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Prometheus, Debian's, that asks one Grevy every second and follows the rules in the repository. */
final class Prometheus implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final URL url;

    private Prometheus(Process process, Path output, URL url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    /** @param key that may read the metrics */
    static Prometheus start(int grevyPort, String key) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Checkout.root().resolve("src/deploy-it/target")), "prometheus");
        Path credentials = Files.writeString(folder.resolve("grevy.key"), key);
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: grevy
                    authorization: {credentials_file: "%s"}
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(
                        Checkout.root().resolve("observability/rules.yaml"), credentials, grevyPort));
        int port = Ports.free();
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Tools.ofDebian("prometheus", "usr/bin/prometheus").toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Prometheus(
                process, output, URI.create("http://127.0.0.1:" + port + "/").toURL());
    }

    /** What a query gives now; empty before Prometheus is up. */
    JsonArray query(String expression) throws IOException, InterruptedException {
        JsonObject answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.getString("status").equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.getJsonObject("data").getJsonArray("result");
    }

    /** Whether a query gives a number now, of any series. */
    boolean hasData(String expression) throws IOException, InterruptedException {
        return query(expression).stream()
                .map(sample -> sample.asJsonObject().getJsonArray("value").getString(1))
                .anyMatch(value -> !List.of("NaN", "+Inf", "-Inf").contains(value));
    }

    /** The rules, as Prometheus sees them. */
    List<JsonObject> rules() throws IOException, InterruptedException {
        return get("/api/v1/rules").getJsonObject("data").getJsonArray("groups").getValuesAs(JsonObject.class).stream()
                .flatMap(group -> group.getJsonArray("rules").getValuesAs(JsonObject.class).stream())
                .toList();
    }

    void awaitUp() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("Prometheus did not start:\n" + Files.readString(output));
            }
            Thread.sleep(100);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return new Http(url).get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return Json.createReader(new StringReader(new Http(url).get(path).body()))
                .readObject();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
