package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.grevy.image.PictureLoader;
import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.security.Quotas;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers and chunks have the members and types that OpenAI publishes. */
class OpenAiShapeTest {

    private static final JsonSchema WHOLE = schema("chat-completion.schema.json");
    private static final JsonSchema CHUNK = schema("chat-completion-chunk.schema.json");

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"logprobs\":true", ",\"n\":2", ",\"n\":2,\"logprobs\":true"})
    void aWholeAnswerIsValid(String members) {
        String answer = answer(members).whole.orElseThrow().toJson().toString();

        assertThat(WHOLE.validate(answer, InputFormat.JSON)).as(answer).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"logprobs\":true",
                ",\"n\":2,\"logprobs\":true",
                ",\"stream_options\":{\"include_usage\":true}",
                ",\"n\":2,\"stream_options\":{\"include_usage\":true}"
            })
    void everyChunkIsValid(String members) {
        String[] events =
                answer(",\"stream\":true" + members).streamed.orElseThrow().split("\n\n");

        assertThat(events).hasSizeGreaterThan(4).endsWith("data: [DONE]");
        for (String event : List.of(events).subList(0, events.length - 1)) {
            String chunk = event.substring("data: ".length());
            assertThat(CHUNK.validate(chunk, InputFormat.JSON)).as(chunk).isEmpty();
        }
    }

    @Test
    void theSchemasRefuseWhatIsNotOpenAis() {
        String answer = answer("").whole.orElseThrow().toJson().toString();

        assertThat(WHOLE.validate(answer.replace("\"stop\"", "\"cancelled\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(WHOLE.validate(answer.replace("\"created\"", "\"made\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(CHUNK.validate(answer, InputFormat.JSON)).isNotEmpty();
    }

    private static RecordedReply answer(String members) {
        ChatSettings settings = Samples.chatSettings(Map.of());
        boolean two = members.contains("\"n\":2");
        ScriptedModels models = new ScriptedModels(text(0, "He"), text(two ? 1 : 0, "llo"), text(0, "\n"));
        models.then(new ChoiceEnded(0, FinishReason.STOP));
        if (two) {
            models.then(new ChoiceEnded(1, FinishReason.LENGTH));
        }
        models.then(new Finished(new Usage(3, 3)));
        Exchanges exchanges = new Exchanges(
                models,
                new Intake(settings),
                new BodyBudget(settings),
                new ChatThreads(settings),
                new RunningAnswers(),
                Quotas.none(),
                settings);
        PicturePool pictures = new PicturePool(new PictureLoader(settings.pictures()));
        ChatService service = new ChatService(exchanges, Samples.reader(settings), pictures);
        RecordedReply reply = new RecordedReply();
        String body = "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + members + "}";
        service.exchange("req", new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), reply)
                .run();
        return reply;
    }

    private static GenerationEvent text(int choice, String text) {
        return new Text(choice, text, 1, List.of(new TokenLogProb(text.getBytes(StandardCharsets.UTF_8), -0.25f)));
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Objects.requireNonNull(OpenAiShapeTest.class.getResourceAsStream(name)));
    }
}
