package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three models of one configuration file, one of which cannot be loaded. */
@ExtendWith(ArquillianExtension.class)
class HealthIT {

    @ArquillianResource
    URL base;

    private Http http;

    @Deployment(testable = false)
    static WebArchive server() throws Exception {
        Path folder = Files.createDirectories(Deployments.root().resolve("src/server/target/health-it"));
        Path broken = Files.createDirectories(folder.resolve("broken"));
        for (Path file : Files.list(Deployments.model("fixtures/qwen2")).toList()) {
            Files.write(broken.resolve(file.getFileName()), Files.readAllBytes(file));
        }
        Files.writeString(broken.resolve("openvino_model.xml"), "this is no model");
        Path unknown = unknown(Files.createDirectories(folder.resolve("unknown")));
        Path config = folder.resolve("config.json");
        Files.writeString(config, """
                {"model_config_list": [
                   {"config": {"name": "text/qwen2", "base_path": "%s"}},
                   {"config": {"name": "broken", "base_path": "%s"}},
                   {"config": {"name": "unknown", "base_path": "%s"}}],
                 "mediapipe_config_list": [
                   {"name": "seeing/llava", "base_path": "%s"}]}
                """.formatted(
                        Deployments.model("fixtures/qwen2"), broken, unknown, Deployments.model("fixtures/llava")));
        return Deployments.of("health", Map.of("grevy.config_path", config.toString()));
    }

    /** A model of a type that the engine has no pipeline for. */
    private static Path unknown(Path folder) throws Exception {
        for (Path file : Files.list(Deployments.model("fixtures/llava")).toList()) {
            Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
        }
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"llava\"", "\"smolvlm\""));
        return folder;
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
    }

    @Test
    void readinessTellsEachModelsStateAndWhyOneIsDown() throws Exception {
        HttpResponse<String> response = http.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        JsonObject health = json(response);
        assertThat(health.getString("status")).isEqualTo("DOWN");
        JsonObject models = check(health, "models");
        assertThat(models.getString("status")).isEqualTo("DOWN");
        assertThat(models.getJsonObject("data").getString("text/qwen2")).isEqualTo("AVAILABLE");
        assertThat(models.getJsonObject("data").getString("seeing/llava")).isEqualTo("AVAILABLE");
        assertThat(models.getJsonObject("data").getString("broken")).startsWith("LOADING: ");
    }

    @Test
    void livenessIsAboutTheEnginesOnly() throws Exception {
        HttpResponse<String> response = http.get("/health/live");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(check(json(response), "engines").getJsonObject("data").getString("text/qwen2"))
                .isEqualTo("WELL");
    }

    @Test
    void startedWhenEachModelWasTried() throws Exception {
        JsonObject health = json(http.get("/health/started"));

        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(check(health, "models-loaded").getJsonObject("data").getString("seeing/llava"))
                .isEqualTo("AVAILABLE");
    }

    @Test
    void theConfigurationShowsTheStatesAndTheLoadError() throws Exception {
        JsonObject config = json(http.get("/v1/config"));

        assertThat(config.keySet()).containsExactly("text/qwen2", "broken", "unknown", "seeing/llava");
        JsonObject good = config.getJsonObject("text/qwen2")
                .getJsonArray("model_version_status")
                .getJsonObject(0);
        assertThat(good.toString())
                .isEqualTo("{\"version\":\"1\",\"state\":\"AVAILABLE\","
                        + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"OK\"}}");
        JsonObject bad = config.getJsonObject("broken")
                .getJsonArray("model_version_status")
                .getJsonObject(0);
        assertThat(bad.getString("state")).isEqualTo("LOADING");
        assertThat(bad.getJsonObject("status").getString("error_code")).isEqualTo("FAILED_PRECONDITION");
        assertThat(bad.getJsonObject("status").getString("error_message")).isNotEqualTo("OK");
    }

    @Test
    void aTypeThatTheEngineDoesNotKnowIsNamedInTheConfiguration() throws Exception {
        JsonObject unknown = json(http.get("/v1/config"))
                .getJsonObject("unknown")
                .getJsonArray("model_version_status")
                .getJsonObject(0);

        assertThat(unknown.getString("state")).isEqualTo("LOADING");
        assertThat(unknown.getJsonObject("status").getString("error_message"))
                .isEqualTo("OpenVINO GenAI does not load this model of type smolvlm:"
                        + " Unsupported 'smolvlm' VLM model type");
    }

    @Test
    void theOthersServeWhileOneIsBroken() throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", """
                {"model": "text/qwen2", "max_tokens": 3, "messages": [{"role": "user", "content": "Hello"}]}
                """);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getJsonObject("usage").getInt("completion_tokens"))
                .isPositive();
    }

    @Test
    void theBrokenOneAnswersThatItFailedToLoad() throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", """
                {"model": "broken", "messages": [{"role": "user", "content": "Hello"}]}
                """);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).getJsonObject("error").getString("message")).contains("failed to load");
    }

    @Test
    void kserveProbesAgree() throws Exception {
        assertThat(http.get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(http.get("/v2/health/ready").statusCode()).isEqualTo(503);
        assertThat(http.get("/v2/models/text/qwen2/ready").statusCode()).isEqualTo(200);
        assertThat(http.get("/v2/models/broken/ready").statusCode()).isEqualTo(503);
        assertThat(http.get("/v2/models/nobody/ready").statusCode()).isEqualTo(404);
    }

    @Test
    void aTextModelRefusesPictures() throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", """
                {"model": "text/qwen2", "messages": [{"role": "user", "content": [
                   {"type": "image_url", "image_url": {"url": "%s"}}]}]}
                """.formatted(
                        Http.dataUri(Deployments.root().resolve("models/pictures/red-circle.png"))));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getJsonObject("error").getString("message")).contains("text only");
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    private static JsonObject check(JsonObject health, String name) {
        return health.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check '" + name + "' in " + health));
    }
}
