package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Videos over HTTP, with the demo model, which takes them, and one that does not. */
@ExtendWith(ArquillianExtension.class)
class VideosIT {

    private static final String SEES = "grevy/demo";
    private static final String BLIND = "llava";

    @ArquillianResource
    URL base;

    private Http http;

    @Deployment(testable = false)
    static WebArchive server() throws IOException {
        Path folder = Files.createTempDirectory(Deployments.root().resolve("src/server/target"), "videos");
        TestRepository repository = new TestRepository(folder);
        repository
                .put(SEES, Deployments.model("grevy/demo"))
                .put(BLIND, Deployments.model("fixtures/llava"))
                .write();
        return Deployments.of(
                "videos", Map.of("grevy.config_path", repository.config().toString()));
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
    }

    @Test
    void framesAreAnsweredAndCountedInPairs() throws Exception {
        String circle = picture();
        int one = promptTokens(frames(circle));
        int two = promptTokens(frames(circle, circle));
        int six = promptTokens(frames(circle, circle, circle, circle, circle, circle));

        assertThat(two).isEqualTo(one);
        assertThat(one).isEqualTo(promptTokens(part("image_url", "\"image_url\":{\"url\":\"" + circle + "\"}")));
        assertThat(six - two).isPositive().isEqualTo(2 * (two - promptTokens("") - 2));
    }

    @Test
    void anAnimationIsAnsweredWholeAndInAStream() throws Exception {
        String question = body(SEES, url(dataUri("image/gif", animation("moving.gif"))), ",\"seed\":1");
        JsonObject whole = json(http.post("/v3/chat/completions", question));
        HttpResponse<String> stream =
                http.post("/v3/chat/completions", question.replaceFirst("\\{", "{\"stream\":true,"));

        assertThat(whole.getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("message")
                        .getString("content"))
                .isNotEmpty();
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body()).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
    }

    @Test
    void animationsOfBothFormatsAndFramesJoinedByCommasAreTheSame() throws Exception {
        int gif = promptTokens(url(dataUri("image/gif", animation("moving.gif"))));
        String frame = picture();
        String base64 = frame.substring(frame.indexOf(',') + 1);

        assertThat(promptTokens(url(dataUri("image/webp", animation("moving.webp")))))
                .isEqualTo(gif);
        assertThat(promptTokens(url("data:video/jpeg;base64," + base64 + "," + base64 + "," + base64)))
                .isEqualTo(promptTokens(frames(frame, frame, frame)));
    }

    @Test
    void picturesAndVideosMayBeMixed() throws Exception {
        String circle = picture();
        String image = part("image_url", "\"image_url\":{\"url\":\"" + circle + "\"}");
        int first = promptTokens(frames(circle, circle) + "," + image);

        assertThat(promptTokens(image + "," + frames(circle, circle))).isEqualTo(first);
        assertThat(first).isGreaterThan(promptTokens(frames(circle, circle)));
    }

    @Test
    void aModelWithoutVideosRefusesThemByName() throws Exception {
        JsonObject error = refused(body(BLIND, frames(picture()), ""));

        assertThat(error.getString("code")).isEqualTo("video_input_not_supported");
        assertThat(error.getString("param")).isEqualTo("messages");
        assertThat(error.getString("message")).isEqualTo("The model 'llava' takes no videos.");
    }

    @Test
    void whatIsNotTakenIsRefusedByNameAndTheServerGoesOn() throws Exception {
        byte[] mp4 = "\0\0\0\u0018ftypisom\0\0\0\0".repeat(4).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refused(body(SEES, url(dataUri("video/mp4", mp4)), "")).getString("message"))
                .contains("look like MP4", "GIF and WebP animations");

        byte[] bomb = animation("kept.gif");
        bomb[7] = (byte) 0xff;
        bomb[9] = (byte) 0xff;
        assertThat(refused(body(SEES, url(dataUri("image/gif", bomb)), "")).getString("message"))
                .contains("have together more than the limit of 40000000");

        byte[] half = animation("moving.webp");
        assertThat(refused(body(SEES, url(dataUri("image/webp", java.util.Arrays.copyOf(half, 200))), ""))
                        .getString("code"))
                .isEqualTo("invalid_image");

        String many = "\"" + picture() + "\"" + ",\"data:,\"".repeat(4096);
        assertThat(refused(body(SEES, part("video", "\"video\":[" + many + "]"), ""))
                        .getString("message"))
                .contains("may hold at most 4096 frames");

        assertThat(refused(body(SEES, url("http://localhost:9/a.gif"), "")).getString("code"))
                .isEqualTo("image_fetch_refused");
        assertThat(promptTokens(frames(picture()))).isPositive();
    }

    @Test
    void openApiDescribesThem() throws Exception {
        assertThat(http.get("/openapi").body()).contains("video_url:", "VideoUrl:", "- video");
    }

    private int promptTokens(String parts) throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", body(SEES, parts, ""));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).getJsonObject("usage").getInt("prompt_tokens");
    }

    private JsonObject refused(String body) throws Exception {
        HttpResponse<String> response = http.post("/v3/chat/completions", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return json(response).getJsonObject("error");
    }

    private static String body(String model, String parts, String members) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":8,\"messages\":[{\"role\":\"user\",\"content\":["
                + (parts.isEmpty() ? "" : parts + ",") + "{\"type\":\"text\",\"text\":\"What is it?\"}]}]" + members
                + "}";
    }

    private static String frames(String... urls) {
        return part("video", "\"video\":[\"" + String.join("\",\"", urls) + "\"]");
    }

    private static String url(String url) {
        return part("video_url", "\"video_url\":{\"url\":\"" + url + "\"}");
    }

    private static String part(String type, String members) {
        return "{\"type\":\"" + type + "\"," + members + "}";
    }

    private static String picture() throws IOException {
        return Http.dataUri(Deployments.model("pictures/red-circle.png"));
    }

    private static byte[] animation(String name) throws IOException {
        return Files.readAllBytes(Deployments.root()
                .resolve("src/image/src/test/resources/io/grevy/image/videos")
                .resolve(name));
    }

    private static String dataUri(String type, byte[] file) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
