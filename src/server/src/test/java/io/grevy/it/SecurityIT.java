package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.keys.ApiKey;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that asks for keys. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class SecurityIT {

    private static final String MODEL = "grevy/demo";
    private static final Pattern PATH = Pattern.compile("^ {2}(/[^:]+):$");
    private static final Pattern METHOD = Pattern.compile("^ {4}(get|post|put|delete|patch):$");
    private static final Path FOLDER = folder();
    private static final Map<String, ApiKey> KEYS = new LinkedHashMap<>();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive server() throws IOException {
        write(Map.of());
        return Deployments.of(
                "security",
                Map.of(
                        "grevy.model_name", MODEL,
                        "grevy.model_path", Deployments.model(MODEL).toString(),
                        "grevy.max_num_seqs", "1",
                        "grevy.api_key_file", FOLDER.resolve("keys.json").toString(),
                        "grevy.access_log", FOLDER.resolve("access.log").toString(),
                        "grevy.audit_log", FOLDER.resolve("audit.log").toString(),
                        "grevy.allowed_origins", "https://app.example.org"));
    }

    @BeforeEach
    void awaitModel() throws Exception {
        new Http(base).awaitModels(); // and so: health is open
    }

    @Test
    void everyPathOfOpenApiAsksForAKeyButHealth() throws Exception {
        List<String> open = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        String openApi = get("/openapi", "all").body();
        String path = "";
        for (String line : openApi.lines().toList()) {
            Matcher inPath = PATH.matcher(line);
            Matcher inMethod = METHOD.matcher(line);
            if (inPath.matches()) {
                path = inPath.group(1);
            } else if (inMethod.matches() && !path.isEmpty()) {
                String method = inMethod.group(1).toUpperCase(Locale.ROOT);
                String concrete = path.replaceAll("\\{[^}]*\\}", "x");
                HttpResponse<String> none = send(method, concrete, "", "{}");
                HttpResponse<String> wrong = send(method, concrete, "Bearer grevy-wrong", "{}");
                if (none.statusCode() == 401 && wrong.statusCode() == 401) {
                    asked.add(method + " " + path);
                    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"grevy\"");
                    assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                            .contains("Bearer realm=\"grevy\", error=\"invalid_token\"");
                } else {
                    open.add(method + " " + path);
                }
            }
        }

        assertThat(open).containsExactlyInAnyOrder("GET /v2/health/live", "GET /v2/health/ready");
        assertThat(asked)
                .contains(
                        "POST /v3/chat/completions",
                        "POST /v1/chat/completions",
                        "POST /v3/completions",
                        "POST /v3/responses",
                        "POST /v1/messages",
                        "POST /v1/messages/count_tokens",
                        "POST /v3/tokenize",
                        "GET /v3/models",
                        "GET /v1/config",
                        "POST /v1/config/reload",
                        "GET /v2")
                .hasSizeGreaterThan(25);
    }

    @Test
    void whatLibertyItselfServesAsksForAKeyToo() throws Exception {
        for (String path : List.of("/metrics", "/openapi", "/openapi/ui/", "/metrics?scope=base", "/nothing")) {
            assertThat(send("GET", path, "", "").statusCode()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/health", "/health/live", "/health/ready", "/health/started")) {
            assertThat(send("GET", path, "", "").statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get("/metrics", "plain").statusCode()).isEqualTo(403);
        assertThat(get("/metrics", "all").body()).contains("vllm:num_requests_running");
        assertThat(get("/openapi", "plain").statusCode()).isEqualTo(200);
    }

    @Test
    void refusalsHaveTheFormsOfOpenAiAndOfAnthropic() throws Exception {
        JsonObject openAi =
                json(send("POST", "/v3/chat/completions", "Bearer x", "{}")).getJsonObject("error");
        assertThat(openAi.getString("code")).isEqualTo("invalid_api_key");
        assertThat(openAi.getString("type")).isEqualTo("invalid_request_error");

        HttpResponse<String> anthropic = CLIENT.send(
                request("/v1/messages")
                        .header("x-api-key", "x")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(anthropic.statusCode()).isEqualTo(401);
        assertThat(json(anthropic).getJsonObject("error").getString("type")).isEqualTo("authentication_error");
    }

    @Test
    void aKeyIsTakenInEitherHeader() throws Exception {
        HttpResponse<String> response = CLIENT.send(
                request("/v1/messages")
                        .header("x-api-key", key("plain"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                            {"model": "%s", "max_tokens": 1,
                             "messages": [{"role": "user", "content": "Who are you?"}]}\
                            """.formatted(MODEL)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(ask("plain", 1).statusCode()).isEqualTo(200);
    }

    @Test
    void aModelThatAKeyMayNotAskDoesNotExistForIt() throws Exception {
        assertThat(get("/v3/models", "other").body()).contains("\"data\":[]");
        assertThat(get("/v3/models/" + MODEL, "other").statusCode()).isEqualTo(404);
        assertThat(get("/v2/models/" + MODEL + "/ready", "other").statusCode()).isEqualTo(404);
        assertThat(get("/v1/config", "other").body()).isEqualTo("{}");
        HttpResponse<String> refused = ask("other", 1);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(json(refused).getJsonObject("error").getString("code")).isEqualTo("model_not_found");

        assertThat(get("/v3/models", "plain").body()).contains(MODEL);
    }

    @Test
    void onlyAKeyThatMayHasTheConfigurationReadAnew() throws Exception {
        HttpResponse<String> refused = send("POST", "/v1/config/reload;a=b", bearer("plain"), "");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).getJsonObject("error").getString("code")).isEqualTo("insufficient_permissions");
        assertThat(send("POST", "/v1/config/reload", bearer("all"), "").statusCode())
                .isEqualTo(200);
        assertThat(Files.readString(FOLDER.resolve("audit.log")))
                .contains("\"event\":\"reload\"", "\"reason\":\"forbidden\"", "\"key\":\"plain\"")
                .doesNotContain(key("plain"));
    }

    @Test
    void aTenantThatHasUsedWhatItMayIsToldWhenToComeBackAndOthersAreNot() throws Exception {
        HttpResponse<String> first = ask("one", 1);
        HttpResponse<String> second = ask("one", 1);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-ratelimit-limit-requests")).contains("1");
        assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(json(second).getJsonObject("error").getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(json(second).getJsonObject("error").getString("type")).isEqualTo("rate_limit_error");
        assertThat(Integer.parseInt(second.headers().firstValue("Retry-After").orElse("")))
                .isBetween(1, 60);
        assertThat(ask("plain", 1).statusCode()).isEqualTo(200);
        awaitMetric("grevy:tenant_requests_total\\{[^}]*status=\"429\"[^}]*tenant=\"one\"[^}]*\\} 1\\.0");
        awaitMetric("grevy:tenant_generation_tokens_total\\{[^}]*tenant=\"one\"[^}]*\\} 1\\.0");
    }

    @Test
    void tokensThatWereSpentCloseTheDoor() throws Exception {
        assertThat(ask("tokens", 20).statusCode()).isEqualTo(200);

        HttpResponse<String> second = ask("tokens", 1);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains("generated tokens a minute");
    }

    @Test
    void aTenantMayRunSoManyRequestsAtOneTime() throws Exception {
        try (RawStream running = RawStream.open(base, "/v3/chat/completions", bearer("single"), question(3000, true))) {
            running.next();

            HttpResponse<String> second = ask("single", 1);

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.body()).contains("1 requests at one time");
        }
    }

    @Test
    void aRequestWhoseTimeIsUpEndsWithThatWhereverItIs() throws Exception {
        try (RawStream running = RawStream.open(base, "/v3/chat/completions", bearer("plain"), question(3000, true))) {
            running.next();

            // There is one turn, and it is taken.
            HttpResponse<String> waiting = CLIENT.send(
                    asking("plain", question(1, false))
                            .header("X-Request-Timeout", "0.2")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(waiting.statusCode()).as(waiting.body()).isEqualTo(504);
            assertThat(json(waiting).getJsonObject("error").getString("code")).isEqualTo("deadline_exceeded");
        }
        HttpResponse<String> streamed = CLIENT.send(
                asking("plain", question(4000, true))
                        .header("X-Request-Timeout", "0.3")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(streamed.body()).contains("deadline_exceeded").doesNotContain("[DONE]");
    }

    @Test
    void aTimeThatIsNoneIsRefused() throws Exception {
        for (String timeout : List.of("0", "-1", "soon", "1e9", "99999999")) {
            HttpResponse<String> response = CLIENT.send(
                    asking("plain", question(1, false))
                            .header("X-Request-Timeout", timeout)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(timeout).isEqualTo(400);
            assertThat(response.body()).contains("X-Request-Timeout");
        }
    }

    @Test
    void keysThatComeAndGoAreTakenUp() throws Exception {
        ApiKey late = ApiKey.generate();
        assertThat(models(late.text())).isEqualTo(401);

        write(Map.of("late", late));
        await(late.text(), 200);
        assertThat(get("/v3/models", "plain").statusCode()).isEqualTo(200);

        write(Map.of());
        await(late.text(), 401);
    }

    @Test
    void theAccessLogHasALineForEachRequestWithoutItsContent() throws Exception {
        String picture = Http.dataUri(Deployments.root().resolve("models/pictures/red-circle.png"));
        HttpResponse<String> response = CLIENT.send(
                asking("plain", """
                    {"model": "%s", "max_tokens": 2, "messages": [{"role": "user", "content": [
                      {"type": "text", "text": "What do you see, my secret?"},
                      {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
                    """.formatted(MODEL, picture))
                        .header("X-Request-Id", "for-the-log")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Request-Id")).contains("for-the-log");
        JsonObject line = awaitLine("for-the-log");
        assertThat(line.getString("tenant")).isEqualTo("plain");
        assertThat(line.getString("model")).isEqualTo(MODEL);
        assertThat(line.getInt("status")).isEqualTo(200);
        assertThat(line.getInt("completion_tokens")).isEqualTo(2);
        assertThat(line.getInt("prompt_tokens")).isPositive();
        assertThat(line.getJsonArray("pictures").getJsonObject(0).getString("sha256"))
                .isEqualTo(sha256(Deployments.root().resolve("models/pictures/red-circle.png")));
        assertThat(Files.readString(FOLDER.resolve("access.log"))).doesNotContain("secret", key("plain"));
    }

    @Test
    void pagesOfAllowedOriginsMayAskAndOthersMayNot() throws Exception {
        HttpResponse<String> preflight = preflight("https://app.example.org");
        HttpResponse<String> other = preflight("https://evil.example.org");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example.org");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.headers().firstValue("Access-Control-Allow-Headers")).isEmpty();
    }

    @Test
    void answersTellBrowsersToTakeThemForWhatTheyAreAndNobodyWhatServesThem() throws Exception {
        for (String path : List.of("/v3/models", "/nothing")) {
            HttpResponse<String> response = get(path, "plain");
            assertThat(response.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(response.headers().map()).as(path).doesNotContainKeys("server", "x-powered-by");
        }
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return CLIENT.send(
                request("/v3/chat/completions")
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String key, int tokens) throws Exception {
        return CLIENT.send(asking(key, question(tokens, false)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder asking(String key, String body) {
        return request("/v3/chat/completions")
                .header("Authorization", bearer(key))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return send("GET", path, bearer(key), "");
    }

    private HttpResponse<String> send(String method, String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(
                request.method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base.toString()).resolve(path)).timeout(Duration.ofSeconds(120));
    }

    private int models(String key) throws Exception {
        return send("GET", "/v3/models", "Bearer " + key, "").statusCode();
    }

    private void await(String key, int status) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (models(key) != status) {
            assertThat(System.nanoTime()).as("the keys are not taken up").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /** Requests are counted when their answers have been sent, so shortly after. */
    private void awaitMetric(String pattern) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String metrics = "";
        while (!Pattern.compile(pattern).matcher(metrics).find()) {
            assertThat(System.nanoTime()).as("no %s in %s", pattern, metrics).isLessThan(deadline);
            Thread.sleep(20);
            metrics = get("/metrics", "all").body();
        }
    }

    /** A line is written when its answer has been sent, so shortly after. */
    private static JsonObject awaitLine(String requestId) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            for (String line : Files.readAllLines(FOLDER.resolve("access.log"))) {
                if (line.contains("\"" + requestId + "\"")) {
                    return Json.createReader(new StringReader(line)).readObject();
                }
            }
            assertThat(System.nanoTime()).as("no line of " + requestId).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static String question(int tokens, boolean stream) {
        return """
            {"model": "%s", "max_tokens": %d, "ignore_eos": true, "stream": %s,
             "messages": [{"role": "user", "content": "Who are you?"}]}\
            """.formatted(MODEL, tokens, stream);
    }

    private static String bearer(String name) {
        return "Bearer " + key(name);
    }

    private static String key(String name) {
        return known(name).text();
    }

    private static ApiKey known(String name) {
        return KEYS.computeIfAbsent(name, none -> ApiKey.generate());
    }

    private static void write(Map<String, ApiKey> more) throws IOException {
        var keys = Json.createArrayBuilder()
                .add(entry("plain", known("plain")))
                .add(entry("all", known("all"))
                        .add("permissions", Json.createArrayBuilder(List.of("inference", "metrics", "admin"))))
                .add(entry("other", known("other")).add("models", Json.createArrayBuilder(List.of("org/*"))))
                .add(entry("one", known("one")).add("limits", limit("requests_per_minute", 1)))
                .add(entry("tokens", known("tokens")).add("limits", limit("generated_tokens_per_minute", 5)))
                .add(entry("single", known("single")).add("limits", limit("concurrent_requests", 1)));
        more.forEach((name, key) -> keys.add(entry(name, key)));
        Path fresh = Files.writeString(
                FOLDER.resolve("keys.json.new"),
                Json.createObjectBuilder().add("keys", keys).build().toString());
        Files.move(fresh, FOLDER.resolve("keys.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static JsonObjectBuilder entry(String name, ApiKey key) {
        return Json.createObjectBuilder().add("name", name).add("sha256", key.hexHash());
    }

    private static JsonObjectBuilder limit(String name, int value) {
        return Json.createObjectBuilder().add(name, value);
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("grevy-security");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
