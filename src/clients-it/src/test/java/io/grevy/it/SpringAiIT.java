package io.grevy.it;

import static io.grevy.it.ServedModels.CALLING;
import static io.grevy.it.ServedModels.SEEING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.NotFoundException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.MimeTypeUtils;

/** Spring AI, unmodified. */
@Timeout(300)
@ExtendWith(ServedModels.class)
class SpringAiIT {

    private static final String QUESTION = "What is in the picture?";

    private final String api;

    SpringAiIT(URL server) {
        this.api = server + "v3";
    }

    @Test
    void saysWhoItIs() {
        String answer = client(options(SEEING)).prompt("Who are you?").call().content();

        assertThat(answer).contains("shapes");
    }

    @ParameterizedTest
    @CsvSource({"red-circle.png, I see a red circle.", "blue-square.jpg, I see a blue square."})
    void saysWhatIsInAPictureByUrlAndByBase64(String picture, String expected) throws Exception {
        for (Media media : List.of(bytes(picture), url(picture))) {
            ChatResponse answer = asking(media, options(SEEING)).call().chatResponse();

            assertThat(answer.getResult().getOutput().getText()).isEqualTo(expected);
            assertThat(answer.getResult().getMetadata().getFinishReason()).isEqualToIgnoringCase("stop");
            assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isGreaterThan(4);
        }
    }

    @Test
    void streamsWhatItSaysWhole() {
        List<String> pieces = asking(bytes("red-circle.png"), options(SEEING)).stream()
                .content()
                .collectList()
                .block();

        assertThat(pieces).hasSizeGreaterThan(4);
        assertThat(String.join("", pieces)).isEqualTo("I see a red circle.");
    }

    record Look(Colour colour, int sides) {
        enum Colour {
            RED,
            BLUE
        }
    }

    @Test
    void takesAToolsResultAndGoesOn() {
        OpenAiChatModel model =
                OpenAiChatModel.builder().options(calling("required", 200)).build();
        Prompt question = new Prompt(List.<Message>of(new UserMessage("What do you see?")), calling("required", 200));
        ChatResponse first = model.call(question);

        List<AssistantMessage.ToolCall> calls = first.getResult().getOutput().getToolCalls();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).name()).isEqualTo("look");

        List<Message> conversation = ToolCallingManager.builder()
                .build()
                .executeToolCalls(question, first)
                .conversationHistory();
        assertThat(conversation).hasSize(3).last().asString().containsPattern("a (RED|BLUE) thing of -?\\d+ sides");

        ChatResponse second = model.call(new Prompt(conversation, calling("auto", 8)));

        assertThat(second.hasToolCalls()).isFalse();
        assertThat(second.getResult().getOutput().getText()).isNotEmpty();
        assertThat(second.getMetadata().getUsage().getPromptTokens())
                .isGreaterThan(first.getMetadata().getUsage().getPromptTokens());
    }

    private OpenAiChatOptions calling(String choice, int tokens) {
        return options(CALLING)
                .temperature(1.0)
                .seed(5)
                .maxTokens(tokens)
                .parallelToolCalls(false)
                .toolChoice(choice)
                .toolCallbacks(FunctionToolCallback.builder(
                                "look", (Look look) -> "a " + look.colour() + " thing of " + look.sides() + " sides")
                        .description("Looks at something.")
                        .inputType(Look.class)
                        .build())
                .build();
    }

    record Seen(Look.Colour colour, Shape shape, int sides) {
        enum Shape {
            CIRCLE,
            SQUARE
        }
    }

    @Test
    void answersInTheFormOfARecord() {
        // Greedily this model, which never saw JSON, writes white space for ever: the grammar lets it.
        Seen seen = asking(
                        bytes("red-circle.png"),
                        options(SEEING).temperature(1.0).seed(7).maxTokens(1000))
                .call()
                .entity(Seen.class, form -> form.useProviderStructuredOutput());

        assertThat(seen.colour()).isNotNull();
        assertThat(seen.shape()).isNotNull();
    }

    @Test
    void anUnknownModelIsItsOwnError() {
        assertThatThrownBy(() ->
                        client(options("nobody/nothing")).prompt("Hello").call().content())
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"));
    }

    private ChatClient.ChatClientRequestSpec asking(Media media, OpenAiChatOptions.Builder options) {
        return client(options).prompt().user(user -> user.text(QUESTION).media(media));
    }

    private static ChatClient client(OpenAiChatOptions.Builder options) {
        return ChatClient.create(
                OpenAiChatModel.builder().options(options.build()).build());
    }

    private OpenAiChatOptions.Builder options(String model) {
        return OpenAiChatOptions.builder()
                .baseUrl(api)
                .apiKey("not used")
                .model(model)
                .maxRetries(0);
    }

    private static Media bytes(String picture) {
        return new Media(
                MimeTypeUtils.parseMimeType(Pictures.type(picture)), new FileSystemResource(Pictures.file(picture)));
    }

    private static Media url(String picture) throws Exception {
        return new Media(MimeTypeUtils.parseMimeType(Pictures.type(picture)), URI.create(Pictures.dataUri(picture)));
    }
}
