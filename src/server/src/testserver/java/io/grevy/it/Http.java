package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Predicate;

/** Plain HTTP to the server under test. */
final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final URI base;
    private final String key;

    Http(URL base) {
        this(URI.create(base.toString()), "");
    }

    private Http(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** The same server, asked with an API key. */
    Http withKey(String other) {
        return new Http(base, other);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, "application/json", json);
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                request(path)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    static String dataUri(Path picture) throws IOException {
        String type = picture.toString().endsWith(".png") ? "image/png" : "image/jpeg";
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    }

    /** Waits until {@code /v1/config} is of this kind. */
    JsonObject awaitConfig(String what, Predicate<JsonObject> condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (true) {
            String body = get("/v1/config").body();
            JsonObject config = Json.createReader(new StringReader(body)).readObject();
            if (condition.test(config)) {
                return config;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not come about: " + body);
            }
            Thread.sleep(50);
        }
    }

    /** Waits until all models of the server are AVAILABLE, or have failed. */
    void awaitModels() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (get("/health/started").statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "the models did not load: " + get("/v1/config").body());
            }
            Thread.sleep(100);
        }
    }
}
