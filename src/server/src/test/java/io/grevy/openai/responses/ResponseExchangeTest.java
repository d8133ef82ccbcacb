package io.grevy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.CallArguments;
import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.inference.GenerationEvent.Cause;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Failed;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Reasoning;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvent;
import io.grevy.openai.chat.PicturePool;
import io.grevy.openai.chat.ScriptedExchange;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ResponseExchangeTest {

    private static final BiFunction<byte[], PicturePool, GenerationRequest> READER =
            (body, pictures) -> new ResponseGeneration(Responses.READER.read(body), pictures);

    private static final GenerationEvent[] THOUGHT_SAID_AND_CALLED = {
        new Reasoning(0, "Hm", 1, List.of()),
        new Reasoning(0, "m", 1, List.of()),
        new Text(0, "I ", 1),
        new Text(0, "look", 1),
        new CallStarted(0, 0, "call_1", "look", 1, List.of()),
        new CallArguments(0, 0, "{\"a\":", 1, List.of()),
        new CallArguments(0, 0, "1}", 1, List.of()),
        new ChoiceEnded(0, FinishReason.TOOL_CALLS),
        new Finished(new Usage(5, 9))
    };

    @Test
    void aWholeAnswerHasItsItemsInTheirOrder() {
        JsonObject answer =
                ScriptedExchange.of(READER, body(""), THOUGHT_SAID_AND_CALLED).whole();

        assertThat(answer.getString("id")).startsWith("resp_");
        assertThat(answer.getString("object")).isEqualTo("response");
        assertThat(answer.getString("status")).isEqualTo("completed");
        assertThat(answer.isNull("error")).isTrue();
        assertThat(answer.isNull("incomplete_details")).isTrue();
        assertThat(answer.getBoolean("store")).isFalse();
        assertThat(answer.getJsonObject("text").toString())
                .isEqualTo("{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}");
        assertThat(answer.getJsonArray("output").toString().replaceAll("(rs|msg|fc)_[0-9a-f]{32}", "$1"))
                .isEqualTo("[{\"id\":\"rs\",\"type\":\"reasoning\",\"status\":\"completed\",\"summary\":[],"
                        + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"Hmm\"}]},"
                        + "{\"id\":\"msg\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"output_text\",\"text\":\"I look\",\"annotations\":[],"
                        + "\"logprobs\":[]}]},"
                        + "{\"id\":\"fc\",\"type\":\"function_call\",\"status\":\"completed\","
                        + "\"call_id\":\"call_1\",\"name\":\"look\",\"arguments\":\"{\\\"a\\\":1}\"}]");
        assertThat(answer.getJsonObject("usage"))
                .hasToString("{\"input_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":0,"
                        + "\"cache_write_tokens\":0},\"output_tokens\":9,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":14}");
    }

    @Test
    void aStreamTellsEachStepAndEndsWithTheWhole() {
        List<NamedEvent> events =
                NamedEvent.of(ScriptedExchange.of(READER, body(",\"stream\":true"), THOUGHT_SAID_AND_CALLED)
                        .streamed());

        assertThat(events)
                .extracting(NamedEvent::name)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).data().getInt("sequence_number")).isEqualTo(i);
        }
        JsonObject begun = events.get(0).data().getJsonObject("response");
        assertThat(begun.getString("status")).isEqualTo("in_progress");
        assertThat(begun.isNull("usage")).isTrue();
        JsonObject ended = events.get(events.size() - 1).data().getJsonObject("response");
        assertThat(ended.getString("id")).isEqualTo(begun.getString("id"));
        for (int index = 0; index < 3; index++) {
            int place = index;
            List<NamedEvent> ofItem = events.stream()
                    .filter(event -> event.data().getInt("output_index", -1) == place)
                    .toList();
            JsonObject item = ended.getJsonArray("output").getJsonObject(index);
            assertThat(ofItem.get(ofItem.size() - 1).data().getJsonObject("item"))
                    .isEqualTo(item);
            assertThat(ofItem)
                    .extracting(event -> event.data().containsKey("item")
                            ? event.data().getJsonObject("item").getString("id")
                            : event.data().getString("item_id"))
                    .containsOnly(item.getString("id"));
        }
    }

    @Test
    void anAnswerThatReachedItsLimitIsIncomplete() {
        JsonObject answer = ScriptedExchange.of(
                        READER,
                        body(",\"max_output_tokens\":1"),
                        new Text(0, "I", 1),
                        new ChoiceEnded(0, FinishReason.LENGTH),
                        new Finished(new Usage(5, 1)))
                .whole();

        assertThat(answer.getString("status")).isEqualTo("incomplete");
        assertThat(answer.getJsonObject("incomplete_details").getString("reason"))
                .isEqualTo("max_output_tokens");
        assertThat(answer.getJsonArray("output").getJsonObject(0).getString("status"))
                .isEqualTo("incomplete");
        assertThat(answer.getInt("max_output_tokens")).isEqualTo(1);
    }

    @Test
    void anAnswerOfNothingIsAnEmptyMessage() {
        JsonObject answer = ScriptedExchange.of(
                        READER, body(""), new ChoiceEnded(0, FinishReason.STOP), new Finished(new Usage(5, 1)))
                .whole();

        assertThat(answer.getJsonArray("output")).hasSize(1);
        assertThat(answer.getJsonArray("output")
                        .getJsonObject(0)
                        .getJsonArray("content")
                        .getJsonObject(0)
                        .getString("text"))
                .isEmpty();
    }

    @Test
    void tokensAreToldWhereTheyAreIncluded() {
        Text text = new Text(0, "Hi", 1, List.of(new TokenLogProb("Hi".getBytes(StandardCharsets.UTF_8), -0.5f)));
        List<NamedEvent> events = NamedEvent.of(ScriptedExchange.of(
                        READER,
                        body(",\"stream\":true,\"include\":[\"message.output_text.logprobs\"]"),
                        text,
                        new ChoiceEnded(0, FinishReason.STOP),
                        new Finished(new Usage(5, 1)))
                .streamed());

        assertThat(events)
                .filteredOn(event -> event.name().startsWith("response.output_text."))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.data().getJsonArray("logprobs"))
                        .hasToString(
                                "[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105]," + "\"top_logprobs\":[]}]"));
    }

    @Test
    void aFailureInTheStreamIsItsLastEvent() {
        List<NamedEvent> events = NamedEvent.of(ScriptedExchange.of(
                        READER,
                        body(",\"stream\":true"),
                        new Text(0, "I", 1),
                        new Failed(Cause.ENGINE, "The engine broke."))
                .streamed());

        NamedEvent last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("response.failed");
        JsonObject response = last.data().getJsonObject("response");
        assertThat(response.getString("status")).isEqualTo("failed");
        assertThat(response.getJsonObject("error"))
                .hasToString("{\"code\":\"server_error\",\"message\":\"The engine broke.\"}");
        assertThat(response.getJsonArray("output").getJsonObject(0).getString("status"))
                .isEqualTo("incomplete");
    }

    @Test
    void aRefusalNamesTheMembersOfThisRequest() {
        assertThat(ScriptedExchange.refused(
                                READER,
                                body(",\"stream\":true"),
                                new RefusedRequestException(Reason.RESERVED_TEXT, "The text holds '<s>'."))
                        .failure())
                .satisfies(e -> assertThat(e.param()).contains("input"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RESERVED_TEXT));
        assertThat(ScriptedExchange.refused(
                                READER,
                                body(""),
                                new RefusedRequestException(
                                        Reason.NOT_SUPPORTED, "logprobs", "logprobs is not supported by this model."))
                        .failure())
                .hasMessage("include is not supported by this model.");
    }

    private static String body(String members) {
        return "{\"model\":\"" + ScriptedExchange.MODEL + "\",\"input\":\"hi\"" + members + "}";
    }
}
