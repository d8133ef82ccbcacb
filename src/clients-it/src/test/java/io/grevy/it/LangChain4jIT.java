package io.grevy.it;

import static io.grevy.it.ServedModels.CALLING;
import static io.grevy.it.ServedModels.SEEING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LangChain4j, unmodified. */
@Timeout(300)
@ExtendWith(ServedModels.class)
class LangChain4jIT {

    private static final String QUESTION = "What is in the picture?";

    private final String api;

    LangChain4jIT(URL server) {
        this.api = server + "v3";
    }

    @Test
    void saysWhoItIs() {
        assertThat(model(SEEING).build().chat("Who are you?")).contains("shapes");
    }

    @ParameterizedTest
    @CsvSource({"red-circle.png, I see a red circle.", "blue-square.jpg, I see a blue square."})
    void saysWhatIsInAPictureByUrlAndByBase64(String picture, String expected) throws Exception {
        for (ImageContent image : List.of(
                ImageContent.from(Pictures.dataUri(picture)),
                ImageContent.from(Pictures.base64(picture), Pictures.type(picture)))) {
            ChatResponse answer = model(SEEING).build().chat(UserMessage.from(TextContent.from(QUESTION), image));

            assertThat(answer.aiMessage().text()).isEqualTo(expected);
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.tokenUsage().totalTokenCount())
                    .isEqualTo(answer.tokenUsage().inputTokenCount()
                            + answer.tokenUsage().outputTokenCount());
        }
    }

    @Test
    void streamsWhatItSaysWhole() throws Exception {
        Collected collected = new Collected();
        OpenAiStreamingChatModel.builder()
                .baseUrl(api)
                .apiKey("not used")
                .modelName(SEEING)
                .build()
                .chat(List.of(about("red-circle.png")), collected);

        ChatResponse answer = collected.whole.get(120, TimeUnit.SECONDS);
        assertThat(String.join("", collected.pieces))
                .isEqualTo(answer.aiMessage().text())
                .isEqualTo("I see a red circle.");
        assertThat(collected.pieces).hasSizeGreaterThan(4);
        assertThat(answer.tokenUsage().outputTokenCount()).isGreaterThan(4);
    }

    @Test
    void takesAToolsResultAndGoesOn() {
        OpenAiChatModel model = model(CALLING)
                .temperature(1.0)
                .seed(5)
                .parallelToolCalls(false)
                .strictTools(true)
                .build();
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("What do you see?")));
        ChatResponse first = model.chat(request(messages, ToolChoice.REQUIRED, 200));

        assertThat(first.aiMessage().toolExecutionRequests()).hasSize(1);
        ToolExecutionRequest call = first.aiMessage().toolExecutionRequests().get(0);
        assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(call.name()).isEqualTo("look");
        JsonObject arguments =
                Json.createReader(new StringReader(call.arguments())).readObject();
        assertThat(arguments).containsOnlyKeys("colour", "sides");
        assertThat(arguments.getString("colour")).isIn("red", "grün");
        assertThat(arguments.getJsonNumber("sides").isIntegral()).isTrue();

        messages.add(first.aiMessage());
        messages.add(ToolExecutionResultMessage.from(call, "a red triangle"));
        ChatResponse second = model.chat(request(messages, ToolChoice.AUTO, 8));

        assertThat(second.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(second.aiMessage().text()).isNotEmpty();
        assertThat(second.tokenUsage().inputTokenCount())
                .isGreaterThan(first.tokenUsage().inputTokenCount());
    }

    private static ChatRequest request(List<ChatMessage> messages, ToolChoice choice, int tokens) {
        ToolSpecification look = ToolSpecification.builder()
                .name("look")
                .description("Looks at something.")
                .parameters(JsonObjectSchema.builder()
                        .addEnumProperty("colour", List.of("red", "grün"))
                        .addIntegerProperty("sides")
                        .required("colour", "sides")
                        .additionalProperties(false)
                        .build())
                .build();
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(look)
                .toolChoice(choice)
                .maxOutputTokens(tokens)
                .build();
    }

    /** What is seen, as a service of LangChain4j. */
    interface Looker {
        Seen look(UserMessage message);
    }

    record Seen(Colour colour, Shape shape) {
        enum Colour {
            RED,
            BLUE
        }

        enum Shape {
            CIRCLE,
            SQUARE
        }
    }

    @Test
    void answersInTheFormOfARecord() throws Exception {
        // Greedily this model, which never saw JSON, writes white space for ever: the grammar lets it.
        OpenAiChatModel model = model(SEEING)
                .temperature(1.0)
                .seed(7)
                .maxTokens(1000)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .strictJsonSchema(true)
                .build();

        Seen seen = AiServices.create(Looker.class, model).look(about("red-circle.png"));

        assertThat(seen.colour()).isNotNull();
        assertThat(seen.shape()).isNotNull();
    }

    @Test
    void anUnknownModelIsItsOwnError() {
        assertThatThrownBy(() -> model("nobody/nothing").build().chat("Hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("nobody/nothing");
    }

    private OpenAiChatModel.OpenAiChatModelBuilder model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(api)
                .apiKey("not used")
                .modelName(name)
                .maxRetries(0);
    }

    private static UserMessage about(String picture) throws Exception {
        return UserMessage.from(
                TextContent.from(QUESTION), ImageContent.from(Pictures.base64(picture), Pictures.type(picture)));
    }

    private static final class Collected implements StreamingChatResponseHandler {
        private final List<String> pieces = new ArrayList<>();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
