package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself, and what it does at its limits, which are small here. */
@ExtendWith(ArquillianExtension.class)
@Timeout(200)
class SurfaceIT {

    private static final String MODEL = "grevy/demo";

    @ArquillianResource
    URL base;

    private Http http;

    @Deployment(testable = false)
    static WebArchive server() {
        return Deployments.of(
                "surface",
                Map.of(
                        "grevy.model_name", MODEL,
                        "grevy.model_path", Deployments.model(MODEL).toString(),
                        "grevy.max_num_seqs", "1",
                        "grevy.max_queue", "0",
                        "grevy.max_request_bytes", "200000",
                        "grevy.no_ui", "true"));
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
        new Metrics(http, MODEL).await("vllm:num_requests_running", "", 0);
    }

    @Test
    void openApiDescribesEveryPathUnderBothVersions() throws Exception {
        String openApi = http.get("/openapi").body();

        assertThat(openApi)
                .contains(
                        "/v3/chat/completions:",
                        "/v1/chat/completions:",
                        "/v3/completions:",
                        "/v1/completions/{id}/cancel:",
                        "/v3/responses:",
                        "/v1/messages:",
                        "/v1/messages/count_tokens:",
                        "max_output_tokens:",
                        "stop_sequences:",
                        "/v3/tokenize:",
                        "/v3/detokenize:",
                        "/v3/models:",
                        "/v1/models:",
                        "/v1/config:",
                        "/v2/health/live:",
                        "/v2/health/ready:",
                        "text/event-stream:",
                        "max_completion_tokens:",
                        "repetition_penalty:")
                .doesNotContain("/v3/config:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm:time_to_first_token_seconds_bucket",
                "vllm:time_to_first_token_seconds_count",
                "vllm:time_per_output_token_seconds_bucket",
                "vllm:e2e_request_latency_seconds_bucket",
                "vllm:prompt_tokens_total",
                "vllm:generation_tokens_total",
                "vllm:num_requests_running",
                "vllm:num_requests_waiting",
                "vllm:kv_cache_usage_perc",
                "vllm:request_success_total",
                "grevy:requests_total",
                "grevy:picture_encode_seconds_bucket",
                "grevy:picture_cache_active",
                "grevy:picture_cache_bytes",
                "vllm:mm_cache_queries_total",
                "vllm:mm_cache_hits_total",
                "grevy:batch_size_bucket"
            })
    void metricsHaveIt(String name) throws Exception {
        assertThat(http.post("/v3/chat/completions", question(20, picture())).statusCode())
                .isEqualTo(200);

        assertThat(http.get("/metrics").body())
                .containsPattern("(?m)^" + name + "\\{[^}]*model_name=\"" + MODEL + "\"[^}]*\\} [0-9]");
    }

    @Test
    void thereIsNoPageWhereNoneIsWanted() throws Exception {
        error(http.get("/"), 404);
        error(http.get("/page/main.js"), 404);
    }

    @Test
    void aModelNameMayComeWithAnEncodedSlash() throws Exception {
        assertThat(json(http.get("/v3/models/grevy%2Fdemo")).getString("id")).isEqualTo(MODEL);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAsSuch() throws Exception {
        error(http.post("/v3/chat/completions", " ".repeat(200_001)), 413);
    }

    @Test
    void anotherMediaTypeIsRefusedAsSuch() throws Exception {
        error(http.post("/v3/chat/completions", "text/plain", question(1, "")), 415);
    }

    @Test
    void oneMoreThanMayWaitIsToldToComeBack() throws Exception {
        try (RawStream running = RawStream.open(base, longStream())) {
            running.next();

            HttpResponse<String> response = http.post("/v3/chat/completions", question(1, ""));

            assertThat(error(response, 429).getString("message")).contains("wait");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
        }
    }

    private static String longStream() {
        return """
                {"model": "%s", "max_tokens": 4000, "ignore_eos": true, "stream": true,
                 "messages": [{"role": "user", "content": "Who are you?"}]}
                """.formatted(MODEL);
    }

    private static String picture() throws Exception {
        return Http.dataUri(Deployments.root().resolve("models/pictures/red-circle.png"));
    }

    private static String question(int tokens, String picture) {
        String image =
                picture.isEmpty() ? "" : ", {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + picture + "\"}}";
        return """
                {"model": "%s", "max_tokens": %d, "messages": [{"role": "user", "content": [
                   {"type": "text", "text": "What do you see?"}%s]}]}
                """.formatted(MODEL, tokens, image);
    }

    private static JsonObject error(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json(response).getJsonObject("error");
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
