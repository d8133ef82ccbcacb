package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told when something is wrong: OpenAI's error object, always. */
@ExtendWith(ArquillianExtension.class)
class ErrorsIT {

    @ArquillianResource
    URL base;

    private Http http;

    @Deployment(testable = false)
    static WebArchive server() {
        return Deployments.of("errors", "qwen2_vl", Deployments.model("fixtures/qwen2_vl"));
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model": "qwen2_vl", "messages": [                                                        | 400 |                                       | ends too early
                    []                                                                                         | 400 |                                       | object
                    {"messages": [{"role": "user", "content": "x"}]}                                           | 400 | model                                 | model
                    {"model": "nobody", "messages": [{"role": "user", "content": "x"}]}                        | 404 | model                                 | nobody
                    {"model": "qwen2_vl", "messages": []}                                                      | 400 | messages                              | messages
                    {"model": "qwen2_vl", "messages": [{"role": "wizard", "content": "x"}]}                    | 400 | messages[0].role                      | wizard
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": 7}]}                        | 400 | messages[0].content                   | content
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": "x"}], "temperature": 3}    | 400 | temperature                           | 3
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": "x"}], "max_tokens": "ten"} | 400 | max_tokens                            | max_tokens
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": "x"}], "tools": [{}]}       | 400 | tools[0].type                         | tools
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": "x"}], "colour": "red"}     | 400 | colour                                | colour
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,%%%%"}}]}]} | 400 | messages[0].content[0].image_url.url | base64
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,aGVsbG8="}}]}]} | 400 | messages[0].content[0].image_url.url |
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "file:///etc/passwd"}}]}]} | 400 | messages[0].content[0].image_url.url | file
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://127.0.0.1:9/x.png"}}]}]} | 400 | messages[0].content[0].image_url.url |
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://169.254.169.254/latest"}}]}]} | 400 | messages[0].content[0].image_url.url |
                    """)
    void aBadRequestIsToldWhatIsWrongAndWhere(String body, int status, String param, String mentions) throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", body.replace("%%%%", "%"));

        JsonObject error = error(response, status);
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        if (param == null) {
            assertThat(error.isNull("param")).isTrue();
        } else {
            assertThat(error.getString("param")).isEqualTo(param);
        }
        if (mentions != null) {
            assertThat(error.getString("message")).contains(mentions);
        }
    }

    @Test
    void everyPathAndMethodAnswersInTheSameForm() throws Exception {
        error(http.get("/v3/chat/completions"), 405);
        error(http.get("/v3/nothing"), 404);
        error(http.get("/nothing/at/all"), 404);
        error(http.get("/v3/models/nobody/nothing"), 404);
    }

    @Test
    void thePageIsOnlyAtTheRoot() throws Exception {
        assertThat(http.get("/").body()).startsWith("<!doctype html>");
        error(http.get("/index.html"), 404);
        error(http.get("/page/nothing.js"), 404);
        error(http.post("/", "{}"), 405);
    }

    @Test
    void theSameApiAnswersUnderV1() throws Exception {
        assertThat(json(http.get("/v1/models"))).isEqualTo(json(http.get("/v3/models")));
        error(http.post("/v1/chat/completions", "{}"), 400);
        assertThat(json(http.get("/v1/config"))).containsKey("qwen2_vl");
    }

    @Test
    void loopbackPicturesAreRefusedBeforeAnyConnection() throws Exception {
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] picture = Files.readAllBytes(Deployments.root().resolve("models/pictures/red-circle.png"));
        boolean[] asked = {false};
        pictures.createContext("/", exchange -> {
            asked[0] = true;
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        pictures.start();
        try {
            HttpResponse<String> response = http.post(
                    "/v3/chat/completions", """
                    {"model": "qwen2_vl", "messages": [{"role": "user", "content": [
                       {"type": "image_url", "image_url": {"url": "http://localhost:%d/red.png"}}]}]}
                    """.formatted(pictures.getAddress().getPort()));

            error(response, 400);
            assertThat(asked[0]).isFalse();
        } finally {
            pictures.stop(0);
        }
    }

    private static JsonObject error(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonObject body = json(response);
        assertThat(body.keySet()).containsExactly("error");
        JsonObject error = body.getJsonObject("error");
        assertThat(error.keySet()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.getString("message")).isNotBlank().doesNotContain("Exception", "\tat ");
        return error;
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
