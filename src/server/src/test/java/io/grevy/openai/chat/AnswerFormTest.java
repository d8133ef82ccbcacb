package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.Usage;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.ErrorResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerFormTest {

    private static final String CHUNK = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1700000000,\"model\":\"org/model\",\"system_fingerprint\":\"fp_0123456789\",\"choices\":[";

    @Test
    void aWholeAnswerHasOpenAisForm() {
        ChatCompletion answer = new ChatCompletion(
                Samples.HEAD,
                List.of(
                        new ChatCompletion.Choice(0, "Grüße \"😀\"\n", "stop"),
                        new ChatCompletion.Choice(1, "", "length")),
                TokenUsage.of(new Usage(12, 5)));

        assertThat(answer.toJson().toString())
                .isEqualTo("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
                        + "\"model\":\"org/model\",\"choices\":["
                        + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Grüße \\\"😀\\\"\\n\","
                        + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"},"
                        + "{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                        + "\"logprobs\":null,\"finish_reason\":\"length\"}],"
                        + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5,\"total_tokens\":17},"
                        + "\"system_fingerprint\":\"fp_0123456789\"}");
    }

    @Test
    void aStreamHasOpenAisForm() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventStream stream = new EventStream(Samples.HEAD, new AnswerForm(true, false, false), out);
        stream.text(new Text(0, "Grü", 1));
        stream.quiet();
        stream.text(new Text(0, "ße \"\\\u0001😀", 1));
        stream.ended(new ChoiceEnded(0, FinishReason.STOP));
        stream.finished(new Finished(new Usage(1, 2)));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(CHUNK
                        + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Grü\"},\"logprobs\":null,"
                        + "\"finish_reason\":null}]}\n\n"
                        + ": keep-alive\n\n"
                        + CHUNK
                        + "{\"index\":0,\"delta\":{\"content\":\"ße \\\"\\\\\\u0001😀\"},\"logprobs\":null,"
                        + "\"finish_reason\":null}]}\n\n"
                        + CHUNK
                        + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void theUsageComesLastAndIsNullBefore() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventStream stream = new EventStream(Samples.HEAD, new AnswerForm(true, true, false), out);
        stream.ended(new ChoiceEnded(0, FinishReason.LENGTH));
        stream.finished(new Finished(new Usage(7, 0)));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(CHUNK
                        + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
                        + "\"finish_reason\":null}],\"usage\":null}\n\n"
                        + CHUNK
                        + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":null}\n\n"
                        + CHUNK
                        + "],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":0,\"total_tokens\":7}}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void anErrorEndsTheStreamWithoutDone() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EventStream(Samples.HEAD, new AnswerForm(true, false, false), out)
                .failed(new ApiException(ErrorCode.GENERATION_FAILED, "The engine failed."));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("data: {\"error\":{\"message\":\"The engine failed.\",\"type\":\"server_error\","
                        + "\"param\":null,\"code\":\"generation_failed\"}}\n\n");
    }

    @Test
    void anErrorSaysWhereItIs() {
        ApiException e = ApiException.at("messages[0].role", ErrorCode.INVALID_VALUE, "No such role.");

        assertThat(ErrorResponse.of(e).toJson().toString())
                .isEqualTo("{\"error\":{\"message\":\"No such role.\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"messages[0].role\",\"code\":\"invalid_value\"}}");
    }

    @Test
    void theDescriptionOfTheApiNamesWhatIsSent() {
        ChatCompletion whole = new ChatCompletion(
                Samples.HEAD, List.of(new ChatCompletion.Choice(0, "x", "stop")), TokenUsage.of(new Usage(1, 1)));
        JsonObject choice = whole.toJson().getJsonArray("choices").getJsonObject(0);
        String text =
                new String(new Chunks(Samples.HEAD, true).first(0, "x", Optional.empty()), StandardCharsets.UTF_8);
        JsonObject chunk = Json.createReader(new StringReader(text.substring("data: ".length())))
                .readObject();
        JsonObject delta = chunk.getJsonArray("choices").getJsonObject(0);

        assertThat(names(AnswerSchemas.Whole.class))
                .containsExactlyInAnyOrderElementsOf(whole.toJson().keySet());
        assertThat(names(AnswerSchemas.WholeChoice.class)).containsExactlyInAnyOrderElementsOf(choice.keySet());
        assertThat(names(AnswerSchemas.AssistantMessage.class))
                .containsExactlyInAnyOrderElementsOf(
                        choice.getJsonObject("message").keySet());
        assertThat(names(AnswerSchemas.Chunk.class)).containsExactlyInAnyOrderElementsOf(chunk.keySet());
        assertThat(names(AnswerSchemas.ChunkChoice.class)).containsExactlyInAnyOrderElementsOf(delta.keySet());
        assertThat(names(AnswerSchemas.Delta.class))
                .containsExactlyInAnyOrderElementsOf(
                        delta.getJsonObject("delta").keySet());
    }

    private static List<String> names(Class<?> schema) {
        return Arrays.stream(schema.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
