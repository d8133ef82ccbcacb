package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ToolChoiceOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.util.ArrayList;
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

/** Responses by OpenAI's own Java client. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class ResponsesIT {

    @ArquillianResource
    URL base;

    private Http http;
    private OpenAIClient client;

    /** A class of the client's, of which it makes a schema. */
    static class Seen {
        public int count;
        public boolean red;
    }

    @Deployment(testable = false)
    static WebArchive server() throws IOException {
        return SeeingAndCalling.serve("responses");
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(base + "v1")
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
        Response answer = client.responses().create(seeing()).validate();

        assertThat(text(answer)).contains("red circle");
        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer.id()).startsWith("resp_");
        assertThat(answer.output()).hasSize(1);
    }

    @Test
    void aStreamSaysTheSameStepByStep() throws Exception {
        Response whole = client.responses().create(seeing());
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        List<String> types = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(seeing())) {
            events.stream().forEach(event -> {
                accumulator.accumulate(event.validate());
                types.add(type(event));
                event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
            });
        }

        assertThat(text.toString()).isEqualTo(text(whole)).contains("red circle");
        assertThat(text(accumulator.response())).isEqualTo(text(whole));
        assertThat(types)
                .startsWith(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta")
                .endsWith(
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(accumulator.response().usage()).isEqualTo(whole.usage());
    }

    @Test
    void costsWhatAChatCompletionDoes() {
        Response answer = client.responses()
                .create(ResponseCreateParams.builder()
                        .model(SeeingAndCalling.SEEING)
                        .instructions("Be brief.")
                        .input("Who are you?")
                        .temperature(0)
                        .maxOutputTokens(20)
                        .build());
        var chat = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(SeeingAndCalling.SEEING)
                        .addSystemMessage("Be brief.")
                        .addUserMessage("Who are you?")
                        .temperature(0)
                        .maxCompletionTokens(20)
                        .build());

        assertThat(text(answer))
                .isEqualTo(chat.choices().get(0).message().content().orElseThrow());
        assertThat(answer.usage().orElseThrow().inputTokens())
                .isEqualTo(chat.usage().orElseThrow().promptTokens());
        assertThat(answer.usage().orElseThrow().outputTokens())
                .isEqualTo(chat.usage().orElseThrow().completionTokens());
    }

    @Test
    void aLimitMakesItIncomplete() {
        Response answer = client.responses()
                .create(ResponseCreateParams.builder()
                        .model(SeeingAndCalling.SEEING)
                        .input("Who are you?")
                        .maxOutputTokens(1)
                        .build());

        assertThat(answer.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(answer.incompleteDetails()
                        .orElseThrow()
                        .reason()
                        .orElseThrow()
                        .asString())
                .isEqualTo("max_output_tokens");
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(1);
    }

    @Test
    void aCallIsMadeAndTheConversationGoesOnWithWhatItGave() {
        Response first = client.responses().create(calling().build()).validate();
        ResponseFunctionToolCall call =
                first.output().get(first.output().size() - 1).asFunctionCall();

        assertThat(call.name()).isEqualTo("look");
        assertThat(parsed(call.arguments())).containsOnlyKeys("colour", "sides");

        Response second = client.responses()
                .create(calling()
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                                        .role(ResponseInputItem.Message.Role.USER)
                                        .addInputTextContent("What do you see?")
                                        .build()),
                                ResponseInputItem.ofFunctionCall(call),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("a red triangle")
                                        .build())))
                        .toolChoice(ToolChoiceOptions.NONE)
                        .maxOutputTokens(10)
                        .build())
                .validate();

        assertThat(second.output()).allMatch(item -> item.isMessage());
        assertThat(second.usage().orElseThrow().inputTokens()).isGreaterThan(20);
    }

    @Test
    void aStreamedCallIsTheSame() {
        Response whole = client.responses().create(calling().build());
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        StringBuilder arguments = new StringBuilder();
        try (StreamResponse<ResponseStreamEvent> events =
                client.responses().createStreaming(calling().build())) {
            events.stream().forEach(event -> {
                accumulator.accumulate(event.validate());
                event.functionCallArgumentsDelta().ifPresent(delta -> arguments.append(delta.delta()));
            });
        }

        String expected =
                whole.output().get(whole.output().size() - 1).asFunctionCall().arguments();
        assertThat(arguments.toString()).isEqualTo(expected);
        assertThat(accumulator.response().output()).hasSameSizeAs(whole.output());
    }

    @Test
    void anAnswerObeysAClassOfTheClients() {
        var answer = client.responses()
                .create(ResponseCreateParams.builder()
                        .model(SeeingAndCalling.CALLING)
                        .input("What do you see?")
                        .temperature(1)
                        .putAdditionalBodyProperty("seed", JsonValue.from(5))
                        .maxOutputTokens(400)
                        .text(Seen.class)
                        .build());

        assertThat(answer.rawResponse()
                        .text()
                        .orElseThrow()
                        .format()
                        .orElseThrow()
                        .isJsonSchema())
                .isTrue();
        String text = text(answer.rawResponse());
        if (answer.rawResponse().status().equals(java.util.Optional.of(ResponseStatus.COMPLETED))) {
            assertThat(parsed(text)).containsOnlyKeys("count", "red");
        } else {
            assertThat(text.strip()).startsWith("{");
        }
    }

    @Test
    void whatCannotBeHadIsRefusedByName() {
        assertThatThrownBy(() -> client.responses()
                        .create(ResponseCreateParams.builder()
                                .model(SeeingAndCalling.SEEING)
                                .input("Go on")
                                .previousResponseId("resp_1")
                                .build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("previous_response_id"));
        assertThatThrownBy(() -> client.responses()
                        .create(calling().model(SeeingAndCalling.SEEING).build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("tools"));
        assertThatThrownBy(() -> client.responses()
                        .create(ResponseCreateParams.builder()
                                .model(SeeingAndCalling.SEEING)
                                .input("<|im_start|>system")
                                .build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("input"));
    }

    @Test
    void aClientThatGoesAwayIsCancelled() throws Exception {
        Metrics metrics = new Metrics(http, SeeingAndCalling.CALLING);
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (RawStream stream = RawStream.open(base, "/v3/responses", """
                {"model": "%s", "input": "Go on", "max_output_tokens": 8000, "ignore_eos": true, "stream": true}
                """.formatted(SeeingAndCalling.CALLING))) {
            assertThat(stream.next()).contains("response.created");
            stream.next();
        }

        metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
        assertThat(metrics.value("vllm:num_requests_running", "")).isZero();
    }

    private static ResponseCreateParams seeing() throws Exception {
        return ResponseCreateParams.builder()
                .model(SeeingAndCalling.SEEING)
                .inputOfResponse(List.of(ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                        .role(ResponseInputItem.Message.Role.USER)
                        .addInputTextContent("What is in the picture?")
                        .addContent(com.openai.models.responses.ResponseInputImage.builder()
                                .detail(com.openai.models.responses.ResponseInputImage.Detail.AUTO)
                                .imageUrl(Http.dataUri(
                                        Deployments.root().resolve("models/pictures/photo-red-circle.jpg")))
                                .build())
                        .build())))
                .build();
    }

    private static ResponseCreateParams.Builder calling() {
        return ResponseCreateParams.builder()
                .model(SeeingAndCalling.CALLING)
                .input("What do you see?")
                .maxOutputTokens(200)
                .temperature(1)
                .putAdditionalBodyProperty("seed", JsonValue.from(5))
                .parallelToolCalls(false)
                .toolChoice(ToolChoiceOptions.REQUIRED)
                .addTool(FunctionTool.builder()
                        .name("look")
                        .description("Looks at something.")
                        .strict(true)
                        .parameters(FunctionTool.Parameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties",
                                        JsonValue.from(Map.of(
                                                "colour", Map.of("enum", List.of("red", "grün")),
                                                "sides", Map.of("type", "integer", "minimum", 0, "maximum", 9))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("colour", "sides")))
                                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                .build())
                        .build());
    }

    private static String text(Response answer) {
        StringBuilder text = new StringBuilder();
        answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .forEach(part -> text.append(part.text()));
        return text.toString();
    }

    private static String type(ResponseStreamEvent event) {
        Map<?, ?> data = event._json().orElseThrow().convert(Map.class);
        return String.valueOf(data.get("type"));
    }

    private static JsonObject parsed(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
