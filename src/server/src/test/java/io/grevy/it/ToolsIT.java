package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.grevy.engine.FixtureCopy;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tools by OpenAI's own Java client, with a model of random weights whose chat template takes them. */
@ExtendWith(ArquillianExtension.class)
class ToolsIT {

    private static final String MODEL = "calling";

    @ArquillianResource
    URL base;

    private OpenAIClient client;

    @Deployment(testable = false)
    static WebArchive server() throws IOException {
        Path folder = Files.createTempDirectory(Deployments.root().resolve("src/server/target"), "tools");
        FixtureCopy.of("qwen2", FixtureCopy.TAKING_TOOLS, folder);
        return Deployments.of("tools", MODEL, folder);
    }

    @BeforeEach
    void connect() throws Exception {
        new Http(base).awaitModels();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(base + "v3")
                .apiKey("not used")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void aRequiredCallIsValid() {
        ChatCompletion answer =
                client.chat().completions().create(asking().build()).validate();

        assertCalls(answer, "look");
        assertThat(answer.choices().get(0).message().content()).isEmpty();
    }

    @Test
    void aStreamedCallIsTheSame() {
        ChatCompletionCreateParams question = asking().build();
        ChatCompletion whole = client.chat().completions().create(question);
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        int pieces = 0;
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(question)) {
            for (ChatCompletionChunk chunk : response.stream().toList()) {
                accumulator.accumulate(chunk.validate());
                pieces += chunk.choices().get(0).delta().toolCalls().isPresent() ? 1 : 0;
            }
        }

        ChatCompletion streamed = accumulator.chatCompletion();
        assertCalls(streamed, "look");
        assertThat(pieces).isGreaterThan(3);
        assertThat(call(streamed).function().arguments())
                .isEqualTo(call(whole).function().arguments());
    }

    @Test
    void aNamedToolIsCalled() {
        ChatCompletion answer = client.chat()
                .completions()
                .create(asking().addFunctionTool(function("wait"))
                        .toolChoice(ChatCompletionNamedToolChoice.builder()
                                .function(ChatCompletionNamedToolChoice.Function.builder()
                                        .name("wait")
                                        .build())
                                .build())
                        .build());

        assertCalls(answer, "wait");
    }

    @Test
    void theConversationGoesOnWithTheResult() {
        ChatCompletion first = client.chat().completions().create(asking().build());
        long before = first.usage().orElseThrow().promptTokens();

        ChatCompletion second = client.chat()
                .completions()
                .create(asking().addMessage(first.choices().get(0).message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call(first).id())
                                .content("a red triangle")
                                .build())
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
                        .build());

        assertThat(second.choices().get(0).message().toolCalls()).isEmpty();
        assertThat(second.choices().get(0).message().content()).isPresent();
        assertThat(second.usage().orElseThrow().promptTokens())
                .isGreaterThan(20)
                .isNotEqualTo(before);
    }

    @Test
    void aChoiceWithoutItsToolIsRefused() {
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(asking().tools(List.of()).build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("tool_choice"))
                .hasMessageContaining("needs tools");
    }

    private static ChatCompletionCreateParams.Builder asking() {
        return ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage("What do you see?")
                .maxCompletionTokens(200)
                .temperature(1)
                .seed(5)
                .addFunctionTool(function("look"))
                .parallelToolCalls(false)
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED);
    }

    private static FunctionDefinition function(String name) {
        return FunctionDefinition.builder()
                .name(name)
                .description("Looks at something.")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of(
                                        "colour", Map.of("enum", List.of("red", "grün")),
                                        "sides", Map.of("type", "integer", "minimum", 0, "maximum", 9))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("colour", "sides")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .strict(true)
                .build();
    }

    private static void assertCalls(ChatCompletion answer, String name) {
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call = call(answer);
        assertThat(call.id()).matches("call_[A-Za-z0-9]{24}");
        assertThat(call.function().name()).isEqualTo(name);
        JsonObject arguments =
                Json.createReader(new StringReader(call.function().arguments())).readObject();
        assertThat(arguments).containsOnlyKeys("colour", "sides");
        assertThat(arguments.getString("colour")).isIn("red", "grün");
        assertThat(arguments.getInt("sides")).isBetween(0, 9);
    }

    private static ChatCompletionMessageFunctionToolCall call(ChatCompletion answer) {
        assertThat(answer.choices().get(0).message().toolCalls().orElseThrow()).hasSize(1);
        return answer.choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction();
    }
}
