package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.testhub.Fault;
import io.grevy.testhub.HubModel;
import io.grevy.testhub.TestHub;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./grevy} with a model that lies on a hub. */
@Timeout(400)
class PullIT {
    private static final String MODEL = "Org/qwen2-ov";
    private static final String WEIGHTS = "openvino_model.bin";

    private final TestHub hub = TestHub.start();
    private final CountDownLatch go = new CountDownLatch(1);

    @TempDir
    Path repository = Path.of("");

    @BeforeEach
    void fill() {
        hub.put(MODEL, HubModel.of(Deployments.model("fixtures/qwen2")));
    }

    @AfterEach
    void end() {
        go.countDown();
        hub.close();
    }

    @Test
    void pullsWhileItSaysSoAndThenServes() throws Exception {
        hub.fail(MODEL + "/" + WEIGHTS, new Fault.StallAfter(10_000, go));
        try (GrevyProcess grevy = start("--model_name", "text/qwen2", "--target_device", "CPU")) {
            Http http = new Http(grevy.url());

            String config = grevy.await("pulling", () -> http.get("/v1/config").body());
            assertThat(config)
                    .contains("\"text/qwen2\"", "\"state\":\"LOADING\"", "\"error_code\":\"OK\"")
                    .containsPattern("\"error_message\":\"pulling \\d+ % \\([\\d.]+ of [\\d.]+ [kM]B\\)\"");
            assertThat(http.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(chat(http).statusCode()).isEqualTo(503);
            assertThat(repository.resolve(MODEL)).doesNotExist();

            go.countDown();
            grevy.awaitAvailable();

            assertThat(grevy.said()).contains("grevy: pulling ", "grevy: text/qwen2 is AVAILABLE");
            assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = chat(http);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":3");
            assertThat(repository.resolve(MODEL)).isDirectory();
        }
    }

    @Test
    void saysWhyAPullFailed() throws Exception {
        hub.gate(MODEL);
        try (GrevyProcess grevy = start()) {
            Http http = new Http(grevy.url());

            String config = grevy.await(
                    "FAILED_PRECONDITION", () -> http.get("/v1/config").body());

            assertThat(config)
                    .contains("\"state\":\"LOADING\"", MODEL + " is gated: accept its licence at " + hub.endpoint());
            assertThat(http.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void endsInTheMiddleOfAPullWhenToldAndGoesOnNextTime() throws Exception {
        hub.fail(MODEL + "/" + WEIGHTS, new Fault.StallAfter(10_000, go));
        try (GrevyProcess grevy = start()) {
            Http http = new Http(grevy.url());
            grevy.await("pulling", () -> http.get("/v1/config").body());

            assertThat(grevy.terminate()).isIn(0, 143);
        }
        assertThat(repository.resolve(MODEL)).doesNotExist();

        assertThat(run("--pull")).isZero();

        assertThat(hub.downloads(MODEL, WEIGHTS)).hasSize(2);
        assertThat(hub.downloads(MODEL, WEIGHTS).get(1).header("Range")).isPresent();
        assertThat(repository.resolve(MODEL).resolve("graph.pbtxt")).isRegularFile();
    }

    @Test
    void pullsAGgufFileAndServesIt() throws Exception {
        hub.put("Org/llama-gguf", HubModel.of(Deployments.model("fixtures/llama_gguf")));
        try (GrevyProcess grevy =
                startModel("Org/llama-gguf", "--gguf_filename", "llama.gguf", "--model_name", "text/qwen2")) {
            HttpResponse<String> answer = chat(new Http(grevy.awaitAvailable().url()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":3");
            assertThat(repository.resolve("Org/llama-gguf")).isDirectoryContaining("glob:**/llama.gguf");
        }
    }

    private GrevyProcess start(String... more) throws Exception {
        return startModel(MODEL, more);
    }

    private GrevyProcess startModel(String model, String... more) throws Exception {
        return GrevyProcess.start(
                Map.of(
                        "HF_ENDPOINT",
                        hub.endpoint().toString(),
                        "HF_HOME",
                        repository.resolve("nobody").toString()),
                concat(List.of("--source_model", model, "--model_repository_path", repository.toString()), more));
    }

    private int run(String... more) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(concat(
                        List.of("./grevy", "--source_model", MODEL, "--model_repository_path", repository.toString()),
                        more))
                .directory(Deployments.root().toFile())
                .inheritIO();
        builder.environment().put("HF_ENDPOINT", hub.endpoint().toString());
        return builder.start().waitFor();
    }

    private static String[] concat(List<String> first, String... more) {
        return java.util.stream.Stream.concat(first.stream(), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static HttpResponse<String> chat(Http http) throws Exception {
        return http.post("/v3/chat/completions", """
                {"model": "text/qwen2", "max_tokens": 3, "ignore_eos": true,
                 "messages": [{"role": "user", "content": "Hello"}]}
                """);
    }
}
