package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that watches its config.json and its models' files, and unloads models that are not used. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchIT {

    @TempDir
    static Path folder;

    private TestRepository repository;
    private GrevyProcess grevy;
    private Http http;

    @BeforeAll
    void start() throws Exception {
        repository = new TestRepository(folder);
        repository.put("first", Deployments.model("fixtures/qwen2")).write();
        grevy = GrevyProcess.start(
                "--config_path",
                repository.config().toString(),
                "--file_system_poll_wait_seconds",
                "1",
                "--idle_unload_seconds",
                "2");
        grevy.awaitAvailable();
        http = new Http(grevy.url());
    }

    @AfterAll
    void end() throws Exception {
        grevy.close();
    }

    @Test
    void aModelAddedByTheCommandIsServedAndOneRemovedIsNot() throws Exception {
        command("--add_to_config", "--model_name", "added", "--model_path", model("qwen2_vl"));
        http.awaitConfig("the model", config -> state(config, "added").equals("AVAILABLE"));
        assertThat(ask("added", 8).statusCode()).isEqualTo(200);

        command("--remove_from_config", "--model_name", "added");
        http.awaitConfig("its end", config -> !config.containsKey("added"));
        assertThat(ask("added", 8).statusCode()).isEqualTo(404);
    }

    @Test
    void aGraphThatIsEditedIsFollowed() throws Exception {
        Path model = repository.copy("qwen2", "graphed");
        command("--add_to_config", "--model_name", "graphed", "--model_path", model.toString());
        http.awaitConfig("the model", config -> state(config, "graphed").equals("AVAILABLE"));
        assertThat(ask("graphed", 8).statusCode()).isEqualTo(200);

        Path fresh = Files.writeString(folder.resolve("graph.new"), """
                node: {
                  calculator: "HttpLLMCalculator"
                  node_options: {
                    [type.googleapis.com / mediapipe.LLMCalculatorOptions]: {
                      models_path: "."
                      max_tokens_limit: 4
                    }
                  }
                }
                """);
        Files.move(fresh, model.resolve("graph.pbtxt"), StandardCopyOption.ATOMIC_MOVE);

        awaitStatus("graphed", 8, 400);
        assertThat(ask("graphed", 4).statusCode()).isEqualTo(200);
        command("--remove_from_config", "--model_name", "graphed");
    }

    @Test
    void aModelThatIsNotUsedIsUnloadedAndComesBackForAllWhoAsk() throws Exception {
        JsonObject config = http.awaitConfig("rest", now -> state(now, "first").equals("END"));
        assertThat(config.getJsonObject("first").toString())
                .contains("\"error_code\":\"OK\"")
                .contains("unloaded after 2 s without a request; the next one loads it");
        assertThat(http.get("/v3/models").body()).contains("\"first\"");
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(http.get("/v2/models/first/ready").statusCode()).isEqualTo(200);

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> ask("first", 8)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().body()).contains("\"completion_tokens\":8");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void command(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("./grevy"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config_path", repository.config().toString()));
        Process process = new ProcessBuilder(line)
                .directory(Deployments.root().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void awaitStatus(String model, int tokens, int status) throws Exception {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (ask(model, tokens).statusCode() != status) {
            assertThat(System.nanoTime())
                    .as("status %d does not come about", status)
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private HttpResponse<String> ask(String model, int tokens) throws Exception {
        return http.post("/v3/chat/completions", Clients.question(model, tokens, false));
    }

    private static String model(String fixture) {
        return Deployments.model("fixtures/" + fixture).toString();
    }

    /** Of the one that serves; empty where there is none. */
    private static String state(JsonObject config, String model) {
        return config.containsKey(model)
                ? config.getJsonObject(model)
                        .getJsonArray("model_version_status")
                        .getJsonObject(0)
                        .getString("state")
                : "";
    }
}
