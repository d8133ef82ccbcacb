package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.CallArguments;
import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Reasoning;
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
import java.util.Set;
import java.util.TreeSet;
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
    void callsAndReasoningHaveTheirForm() throws IOException {
        List<GenerationEvent> events = List.of(
                new Reasoning(0, "Hm", 1, List.of()),
                new Text(0, "Well", 1),
                new CallStarted(0, 0, "call_1", "look", 1, List.of()),
                new CallArguments(0, 0, "{\"at\":", 1, List.of()),
                new CallArguments(0, 0, "1}", 1, List.of()),
                new CallStarted(1, 0, "call_2", "end", 1, List.of()),
                new CallArguments(1, 0, "{}", 1, List.of()),
                new ChoiceEnded(0, FinishReason.TOOL_CALLS),
                new ChoiceEnded(1, FinishReason.TOOL_CALLS));
        WholeAnswer whole = new WholeAnswer(Samples.HEAD, 2, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventStream stream = new EventStream(Samples.HEAD, new AnswerForm(true, false, false), out);
        for (GenerationEvent event : events) {
            StreamAgreesTest.tell(event, whole);
            StreamAgreesTest.tell(event, stream);
        }
        whole.finished(new Finished(new Usage(1, 7)));

        assertThat(whole.completion().toJson().getJsonArray("choices").toString())
                .isEqualTo("[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Well\",\"refusal\":null,"
                        + "\"reasoning_content\":\"Hm\",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":1}\"}}]},\"logprobs\":null,"
                        + "\"finish_reason\":\"tool_calls\"},"
                        + "{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null,"
                        + "\"tool_calls\":[{\"id\":\"call_2\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"end\",\"arguments\":\"{}\"}}]},\"logprobs\":null,"
                        + "\"finish_reason\":\"tool_calls\"}]");
        assertThat(deltas(out.toString(StandardCharsets.UTF_8)))
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Hm\"}",
                        "{\"content\":\"Well\"}",
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"look\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"at\\\":\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}",
                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_2\","
                                + "\"type\":\"function\",\"function\":{\"name\":\"end\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}",
                        "{}",
                        "{}");
    }

    private static List<String> deltas(String stream) {
        return Arrays.stream(stream.split("\n\n"))
                .map(event -> Json.createReader(new StringReader(event.substring("data: ".length())))
                        .readObject())
                .map(chunk -> chunk.getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("delta")
                        .toString())
                .toList();
    }

    @Test
    void theDescriptionOfTheApiNamesWhatIsSent() {
        AnswerMessage message = new AnswerMessage("x", "y", List.of(new AnswerMessage.Call("c", "f", "{}")));
        ChatCompletion whole = new ChatCompletion(
                Samples.HEAD,
                List.of(new ChatCompletion.Choice(0, message, Optional.empty(), "stop")),
                TokenUsage.of(new Usage(1, 1)));
        JsonObject choice = whole.toJson().getJsonArray("choices").getJsonObject(0);
        JsonObject chunk = chunk(Delta.content("x"));
        JsonObject delta = chunk.getJsonArray("choices").getJsonObject(0);
        Set<String> deltas = new TreeSet<>(delta.getJsonObject("delta").keySet());
        for (Delta other : List.of(Delta.reasoning("x"), Delta.call(0, "c", "f"))) {
            deltas.addAll(chunk(other)
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("delta")
                    .keySet());
        }
        JsonObject call =
                choice.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0);
        JsonObject callDelta = Json.createReader(
                        new StringReader(Delta.call(0, "c", "f").json(false)))
                .readObject()
                .getJsonArray("tool_calls")
                .getJsonObject(0);

        assertThat(names(AnswerSchemas.Whole.class))
                .containsExactlyInAnyOrderElementsOf(whole.toJson().keySet());
        assertThat(names(AnswerSchemas.WholeChoice.class)).containsExactlyInAnyOrderElementsOf(choice.keySet());
        assertThat(names(AnswerSchemas.AssistantMessage.class))
                .containsExactlyInAnyOrderElementsOf(
                        choice.getJsonObject("message").keySet());
        assertThat(names(AnswerSchemas.ToolCall.class)).containsExactlyInAnyOrderElementsOf(call.keySet());
        assertThat(names(AnswerSchemas.CalledFunction.class))
                .containsExactlyInAnyOrderElementsOf(
                        call.getJsonObject("function").keySet());
        assertThat(names(AnswerSchemas.Chunk.class)).containsExactlyInAnyOrderElementsOf(chunk.keySet());
        assertThat(names(AnswerSchemas.ChunkChoice.class)).containsExactlyInAnyOrderElementsOf(delta.keySet());
        assertThat(names(AnswerSchemas.Delta.class)).containsExactlyInAnyOrderElementsOf(deltas);
        assertThat(names(AnswerSchemas.CallDelta.class)).containsExactlyInAnyOrderElementsOf(callDelta.keySet());
        assertThat(names(AnswerSchemas.FunctionDelta.class))
                .containsExactlyInAnyOrderElementsOf(
                        callDelta.getJsonObject("function").keySet());
    }

    private static JsonObject chunk(Delta delta) {
        String text = new String(
                new Chunks(Samples.HEAD, true).gained(0, true, delta, Optional.empty()), StandardCharsets.UTF_8);
        return Json.createReader(new StringReader(text.substring("data: ".length())))
                .readObject();
    }

    private static List<String> names(Class<?> schema) {
        return Arrays.stream(schema.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
