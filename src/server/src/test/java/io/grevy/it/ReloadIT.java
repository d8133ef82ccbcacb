package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose config.json changes, and which is told so. It begins without a model. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReloadIT {

    private static final String STAYS = "stays";
    private static final int CLIENTS = 8;
    private static final long MIB = 1024 * 1024;

    @TempDir
    static Path folder;

    private TestRepository repository;
    private GrevyProcess grevy;
    private Http http;

    /** One fixed heap, so that what the process gains or loses is the engine's. */
    @BeforeAll
    void start() throws Exception {
        repository = new TestRepository(folder);
        grevy = GrevyProcess.start(
                Map.of("JVM_ARGS", "-Xms512m -Xmx512m -XX:+AlwaysPreTouch"),
                "--config_path",
                repository.config().toString(),
                "--file_system_poll_wait_seconds",
                "0");
        grevy.awaitSaid("without a model");
        http = new Http(grevy.url());
    }

    @AfterAll
    void end() throws Exception {
        grevy.close();
    }

    @Test
    @Order(1)
    void isStartedButNotReadyBeforeItHasAModel() throws Exception {
        assertThat(http.get("/health/started").statusCode()).isEqualTo(200);
        assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(http.get("/v1/config").body()).isEqualTo("{}");

        repository.put(STAYS, Deployments.model("fixtures/qwen2")).write();
        assertThat(reload().statusCode()).isEqualTo(201);

        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(ask(STAYS).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void aReloadHasThreeAnswers() throws Exception {
        HttpResponse<String> nothing = reload();
        assertThat(nothing.statusCode()).isEqualTo(200);
        assertThat(states(json(nothing))).isEqualTo(Map.of(STAYS, List.of("AVAILABLE")));

        repository.put("org/more", Deployments.model("fixtures/qwen2_vl")).write();
        HttpResponse<String> changed = reload();
        assertThat(changed.statusCode()).isEqualTo(201);
        assertThat(states(json(changed)))
                .isEqualTo(Map.of(STAYS, List.of("AVAILABLE"), "org/more", List.of("AVAILABLE")));

        String before = http.get("/v1/config").body();
        String half = Files.readString(repository.config());
        repository.write(half.substring(0, half.length() / 2));
        HttpResponse<String> wrong = reload();
        assertThat(wrong.statusCode()).isEqualTo(412);
        JsonObject error = json(wrong).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("configuration_invalid");
        assertThat(error.getString("message")).contains("config.json", "not valid JSON");
        assertThat(http.get("/v1/config").body()).isEqualTo(before);
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(http.get("/health/ready").body()).contains("not valid JSON");
        assertThat(ask("org/more").statusCode()).isEqualTo(200);

        repository.remove("org/more").write();
        assertThat(reload().statusCode()).isEqualTo(201);
        assertThat(http.get("/health/ready").body()).doesNotContain("not valid JSON");
        awaitOnly(STAYS);
    }

    @Test
    @Order(3)
    void ofReloadsAtOnceEachIsAnsweredTruly() throws Exception {
        repository.put("once", Deployments.model("fixtures/qwen2_vl")).write();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(this::reload));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                statuses.add(answer.get().statusCode());
                assertThat(states(json(answer.get()))).containsEntry("once", List.of("AVAILABLE"));
            }
            assertThat(statuses).containsExactlyInAnyOrder(201, 200, 200, 200);
        } finally {
            threads.shutdownNow();
        }
        repository.remove("once").write();
        reload();
        awaitOnly(STAYS);
    }

    @Test
    @Order(4)
    void aModelThatDoesNotLoadSaysWhyAndDisturbsNobody() throws Exception {
        Path broken = repository.copy("qwen2", "broken");
        Files.writeString(broken.resolve("openvino_model.xml"), "this is no model");
        repository.put("broken", broken).put("absent", folder.resolve("absent")).write();

        assertThat(reload().statusCode()).isEqualTo(201);

        JsonObject config = json(http.get("/v1/config"));
        assertThat(states(config).keySet()).containsExactly(STAYS, "broken", "absent");
        assertThat(version(config, "broken", 0).getJsonObject("status").getString("error_code"))
                .isEqualTo("FAILED_PRECONDITION");
        assertThat(version(config, "absent", 0).getJsonObject("status").getString("error_message"))
                .contains("no such folder");
        assertThat(ask("absent").statusCode()).isEqualTo(503);
        assertThat(ask("absent").body()).contains("no such folder");
        assertThat(ask(STAYS).statusCode()).isEqualTo(200);
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(http.get("/v2/models/broken/ready").statusCode()).isEqualTo(503);

        repository.remove("broken").remove("absent").write();
        reload();
        assertThat(http.get("/v2/models/broken/ready").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(5)
    void aStreamThatRunsWhileItsModelIsRemovedComesToItsEnd() throws Exception {
        repository.put("goes", Deployments.model("grevy/demo")).write();
        reload();
        try (RawStream stream = RawStream.open(grevy.url(), Clients.question("goes", 600, true))) {
            stream.next();

            repository.remove("goes").write();
            assertThat(reload().statusCode()).isEqualTo(201);

            assertThat(ask("goes").statusCode()).isEqualTo(404);
            assertThat(stream.rest()).last().asString().contains("\"finish_reason\":\"length\"");
        }
        awaitOnly(STAYS);
        assertThat(http.get("/metrics").body()).doesNotContain("model_name=\"goes\"");
    }

    @Test
    @Order(6)
    void aNewVersionTakesTheOldOnesPlaceAndOneThatDoesNotLoadDoesNot() throws Exception {
        repository.copy("qwen2", "versions/1");
        repository.put("versions", folder.resolve("versions")).write();
        reload();
        assertThat(version(json(http.get("/v1/config")), "versions", 0).getString("version"))
                .isEqualTo("1");

        repository.copy("qwen2", "versions/2");
        assertThat(reload().statusCode()).isEqualTo(201);
        JsonObject second = http.awaitConfig(
                "one version", config -> states(config).get("versions").size() == 1);
        assertThat(version(second, "versions", 0).getString("version")).isEqualTo("2");

        Path third = repository.copy("qwen2", "versions/3");
        Files.delete(third.resolve("openvino_tokenizer.xml"));
        assertThat(reload().statusCode()).isEqualTo(201);
        JsonObject both = json(http.get("/v1/config"));
        assertThat(states(both).get("versions")).containsExactly("AVAILABLE", "LOADING");
        assertThat(version(both, "versions", 0).getString("version")).isEqualTo("2");
        assertThat(version(both, "versions", 1).getJsonObject("status").getString("error_message"))
                .contains("openvino_tokenizer.xml");
        assertThat(ask("versions").statusCode()).isEqualTo(200);
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);

        repository.remove("versions").write();
        reload();
        awaitOnly(STAYS);
    }

    @Test
    @Order(7)
    void underLoadNoRequestFailsWhenItsModelIsReplaced() throws Exception {
        List<Path> fixtures = TestRepository.fixtures("qwen2", "qwen2_vl");
        repository.put("changes", fixtures.get(0)).write();
        reload();
        try (Clients clients = Clients.of(grevy, CLIENTS, "changes")) {
            for (int i = 1; i <= 6; i++) {
                clients.awaitAnswers(CLIENTS);
                repository.put("changes", fixtures.get(i % 2)).write();
                assertThat(reload().statusCode()).isEqualTo(201);
            }
            clients.awaitAnswers(CLIENTS);

            assertThat(clients.failures()).isEmpty();
            assertThat(clients.answers()).isGreaterThan(7 * CLIENTS);
        }
        new Metrics(http, "changes").await("vllm:num_requests_running", "", 0);
        repository.remove("changes").write();
        reload();
        awaitOnly(STAYS);
    }

    @Test
    @Order(8)
    void underLoadOtherModelsComeAndGoAndTheirMemoryWithThem() throws Exception {
        try (Clients clients = Clients.of(grevy, CLIENTS, STAYS)) {
            for (int warmUp = 0; warmUp < 4; warmUp++) {
                addAndRemove();
            }
            long before = grevy.residentBytes();
            long given = 0;
            int cycles = 5;
            for (int cycle = 0; cycle < cycles; cycle++) {
                given += addAndRemove();
            }
            long after = grevy.residentBytes();

            assertThat(clients.failures()).isEmpty();
            assertThat(clients.answers()).isGreaterThan(CLIENTS * cycles);
            assertThat(given / cycles / MIB)
                    .as("MiB that three models give back")
                    .isGreaterThan(10);
            assertThat(after).as("bytes after, with %d before", before).isLessThan(before + before / 20);
        }
    }

    /** Three models come, answer and go; returns how many bytes less there are in the end than with them. */
    private long addAndRemove() throws Exception {
        repository
                .put("a", Deployments.model("fixtures/qwen2_vl"))
                .put("b", Deployments.model("fixtures/llava"))
                .put("c", Deployments.model("fixtures/internvl_chat"))
                .write();
        assertThat(reload().statusCode()).isEqualTo(201);
        for (String model : List.of("a", "b", "c")) {
            assertThat(ask(model).statusCode()).isEqualTo(200);
        }
        long with = grevy.residentBytes();
        repository.remove("a").remove("b").remove("c").write();
        assertThat(reload().statusCode()).isEqualTo(201);
        awaitOnly(STAYS);
        return with - grevy.residentBytes();
    }

    private void awaitOnly(String model) throws Exception {
        http.awaitConfig("only " + model, config -> states(config).equals(Map.of(model, List.of("AVAILABLE"))));
    }

    private HttpResponse<String> reload() throws Exception {
        return http.post("/v1/config/reload", "");
    }

    private HttpResponse<String> ask(String model) throws Exception {
        return http.post("/v3/chat/completions", Clients.question(model, 8, false));
    }

    private static Map<String, List<String>> states(JsonObject config) {
        Map<String, List<String>> states = new java.util.LinkedHashMap<>();
        config.forEach((name, model) -> states.put(
                name,
                model.asJsonObject().getJsonArray("model_version_status").getValuesAs(JsonObject.class).stream()
                        .map(version -> version.getString("state"))
                        .toList()));
        return states;
    }

    private static JsonObject version(JsonObject config, String model, int index) {
        return config.getJsonObject(model).getJsonArray("model_version_status").getJsonObject(index);
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
