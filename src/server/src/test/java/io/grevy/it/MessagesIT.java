package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages by Anthropic's own Java client. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class MessagesIT {

    @ArquillianResource
    URL base;

    private Http http;
    private AnthropicClient client;

    @Deployment(testable = false)
    static WebArchive server() throws IOException {
        return SeeingAndCalling.serve("messages");
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
        client = AnthropicOkHttpClient.builder()
                .baseUrl(base.toString())
                .apiKey("not used")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void saysWhatIsInAPicture() throws Exception {
        Message answer = client.messages().create(seeing()).validate();

        assertThat(text(answer)).contains("red circle");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.stopSequence()).isEmpty();
    }

    @Test
    void aStreamSaysTheSameStepByStep() throws Exception {
        Message whole = client.messages().create(seeing());
        MessageAccumulator accumulator = MessageAccumulator.create();
        List<RawMessageStreamEvent> events = new ArrayList<>();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(seeing())) {
            stream.stream().forEach(event -> events.add(accumulator.accumulate(event.validate())));
        }

        Message streamed = accumulator.message();
        assertThat(text(streamed)).isEqualTo(text(whole)).contains("red circle");
        assertThat(streamed.stopReason()).isEqualTo(whole.stopReason());
        assertThat(streamed.usage().outputTokens()).isEqualTo(whole.usage().outputTokens());
        assertThat(events.get(0).isMessageStart()).isTrue();
        assertThat(events.get(1).isContentBlockStart()).isTrue();
        assertThat(events.get(2).isContentBlockDelta()).isTrue();
        int last = events.size() - 1;
        assertThat(events.get(last - 2).isContentBlockStop()).isTrue();
        assertThat(events.get(last - 1).asMessageDelta().usage().inputTokens())
                .contains(whole.usage().inputTokens());
        assertThat(events.get(last).isMessageStop()).isTrue();
        assertThat(events.subList(2, last - 2))
                .hasSizeGreaterThan(3)
                .allMatch(RawMessageStreamEvent::isContentBlockDelta);
    }

    @Test
    void countsAndCostsWhatAChatCompletionDoes() throws Exception {
        Message answer = client.messages().create(seeing());
        JsonObject chat = parsed(http.post("/v3/chat/completions", """
                {"model": "%s", "max_tokens": 50, "messages": [
                   {"role": "system", "content": "Be brief."},
                   {"role": "user", "content": [
                    {"type": "text", "text": "What is in the picture?"},
                    {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,%s"}}]}]}
                """.formatted(SeeingAndCalling.SEEING, picture()))
                .body());

        long counted = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(SeeingAndCalling.SEEING)
                        .system("Be brief.")
                        .addUserMessageOfContentBlockParams(asking())
                        .build())
                .inputTokens();

        JsonObject usage = chat.getJsonObject("usage");
        assertThat(answer.usage().inputTokens()).isEqualTo(usage.getInt("prompt_tokens"));
        assertThat(answer.usage().outputTokens()).isEqualTo(usage.getInt("completion_tokens"));
        assertThat(counted).isEqualTo(usage.getInt("prompt_tokens"));
    }

    @Test
    void aStopSequenceIsTold() throws Exception {
        Message answer = client.messages()
                .create(seeing().toBuilder()
                        .stopSequences(List.of("circle", "nothing"))
                        .build());

        assertThat(text(answer)).contains("red").doesNotContain("circle");
        assertThat(answer.stopReason()).contains(StopReason.STOP_SEQUENCE);
        assertThat(answer.stopSequence()).contains("circle");
    }

    @Test
    void aLimitIsTold() throws Exception {
        Message answer =
                client.messages().create(seeing().toBuilder().maxTokens(1).build());

        assertThat(answer.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(answer.usage().outputTokens()).isEqualTo(1);
    }

    @Test
    void theModelGoesOnWithWhatTheAssistantBegan() throws Exception {
        Message answer = client.messages()
                .create(seeing().toBuilder().addAssistantMessage("I see a red").build());

        assertThat(text(answer)).startsWith(" circle");
    }

    @Test
    void aToolIsCalledAndTheConversationGoesOnWithWhatItGave() {
        Message first = client.messages().create(calling().build()).validate();
        ToolUseBlock call = call(first);

        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(call.name()).isEqualTo("look");
        Map<?, ?> input = call._input().convert(Map.class);
        assertThat(input.keySet().stream().map(String::valueOf)).containsExactlyInAnyOrder("colour", "sides");

        Message second = client.messages()
                .create(calling()
                        .addMessage(first)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(call.id())
                                        .content("a red triangle")
                                        .build())))
                        .toolChoice(ToolChoiceNone.builder().build())
                        .maxTokens(10)
                        .build())
                .validate();

        assertThat(second.content()).noneMatch(block -> block.isToolUse());
        assertThat(second.usage().inputTokens()).isGreaterThan(20);
    }

    @Test
    void aStreamedCallIsTheSame() {
        Message whole = client.messages().create(calling().build());
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(calling().build())) {
            stream.stream().forEach(accumulator::accumulate);
        }

        assertThat(call(accumulator.message())._input().convert(Map.class))
                .isEqualTo(call(whole)._input().convert(Map.class));
    }

    @Test
    void errorsHaveTheClientsForm() throws Exception {
        assertThatThrownBy(() -> client.messages()
                        .create(seeing().toBuilder().model("nobody").build()))
                .isInstanceOfSatisfying(NotFoundException.class, e -> {
                    assertThat(e.errorType().orElseThrow().asString()).isEqualTo("not_found_error");
                    assertThat(e.requestId()).isPresent();
                });
        assertThatThrownBy(() -> client.messages()
                        .create(calling().model(SeeingAndCalling.SEEING).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("tools is not supported by this model");
        assertThatThrownBy(() -> client.messages()
                        .create(seeing().toBuilder().enabledThinking(10).build()))
                .isInstanceOfSatisfying(
                        AnthropicServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(400))
                .hasMessageContaining("thinking is not supported by this model");
    }

    @Test
    void errorsOfTheServersOwnHaveThatFormToo() throws Exception {
        error(http.post("/v1/messages", "{"), 400, "invalid_request_error");
        error(http.post("/v1/messages", "text/plain", "{}"), 415, "invalid_request_error");
        error(http.get("/v1/messages"), 405, "invalid_request_error");
        error(http.post("/v3/messages/unknown", "{}"), 404, "not_found_error");
    }

    @Test
    void aClientThatGoesAwayIsCancelled() throws Exception {
        Metrics metrics = new Metrics(http, SeeingAndCalling.CALLING);
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (RawStream stream =
                RawStream.open(base, "/v1/messages?beta=true", """
                {"model": "%s", "max_tokens": 8000, "ignore_eos": true, "stream": true,
                 "messages": [{"role": "user", "content": "Go on"}]}
                """.formatted(SeeingAndCalling.CALLING))) {
            assertThat(stream.next()).contains("message_start");
            stream.next();
        }

        metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
        assertThat(metrics.value("vllm:num_requests_running", "")).isZero();
    }

    private static void error(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject error = parsed(response.body());
        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getJsonObject("error").getString("type")).isEqualTo(type);
        assertThat(error.getJsonObject("error").getString("message")).isNotEmpty();
        assertThat(response.headers().firstValue("request-id")).contains(error.getString("request_id"));
    }

    private static MessageCreateParams seeing() throws Exception {
        return MessageCreateParams.builder()
                .model(SeeingAndCalling.SEEING)
                .maxTokens(50)
                .system("Be brief.")
                .addUserMessageOfContentBlockParams(asking())
                .build();
    }

    private static List<ContentBlockParam> asking() throws Exception {
        return List.of(
                ContentBlockParam.ofText(
                        TextBlockParam.builder().text("What is in the picture?").build()),
                ContentBlockParam.ofImage(ImageBlockParam.builder()
                        .source(Base64ImageSource.builder()
                                .mediaType(Base64ImageSource.MediaType.IMAGE_JPEG)
                                .data(picture())
                                .build())
                        .build()));
    }

    private static MessageCreateParams.Builder calling() {
        return MessageCreateParams.builder()
                .model(SeeingAndCalling.CALLING)
                .maxTokens(200)
                .addUserMessage("What do you see?")
                .putAdditionalBodyProperty("temperature", JsonValue.from(1))
                .putAdditionalBodyProperty("seed", JsonValue.from(5))
                .toolChoice(ToolChoiceAny.builder().disableParallelToolUse(true).build())
                .addTool(Tool.builder()
                        .name("look")
                        .description("Looks at something.")
                        .strict(true)
                        .inputSchema(Tool.InputSchema.builder()
                                .putAdditionalProperty(
                                        "properties",
                                        JsonValue.from(Map.of(
                                                "colour", Map.of("enum", List.of("red", "grün")),
                                                "sides", Map.of("type", "integer", "minimum", 0, "maximum", 9))))
                                .required(List.of("colour", "sides"))
                                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                .build())
                        .build());
    }

    private static ToolUseBlock call(Message answer) {
        return answer.content().get(answer.content().size() - 1).asToolUse();
    }

    private static String picture() throws IOException {
        return Base64.getEncoder()
                .encodeToString(Files.readAllBytes(Deployments.root().resolve("models/pictures/photo-red-circle.jpg")));
    }

    private static String text(Message answer) {
        StringBuilder text = new StringBuilder();
        answer.content().stream().flatMap(block -> block.text().stream()).forEach(block -> text.append(block.text()));
        return text.toString();
    }

    private static JsonObject parsed(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
