package io.grevy.anthropic;

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
import io.grevy.inference.Usage;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvent;
import io.grevy.openai.chat.PicturePool;
import io.grevy.openai.chat.ScriptedExchange;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class MessageExchangeTest {

    private static final BiFunction<byte[], PicturePool, GenerationRequest> READER =
            (body, pictures) -> MessageGeneration.of(Messages.READER.read(body), pictures);

    private static final GenerationEvent[] THOUGHT_SAID_AND_CALLED = {
        new Reasoning(0, "Hmm", 1, List.of()),
        new Text(0, "I ", 1),
        new Text(0, "look", 1),
        new CallStarted(0, 0, "call_1", "look", 1, List.of()),
        new CallArguments(0, 0, "{\"a\":", 1, List.of()),
        new CallArguments(0, 0, "1}", 1, List.of()),
        new ChoiceEnded(0, FinishReason.TOOL_CALLS),
        new Finished(new Usage(5, 9))
    };

    @Test
    void aWholeAnswerHasItsBlocksInTheirOrder() {
        JsonObject answer =
                ScriptedExchange.of(READER, body(""), THOUGHT_SAID_AND_CALLED).whole();

        assertThat(answer.getString("id")).startsWith("msg_");
        assertThat(answer.toString().replaceAll("msg_[0-9a-f]+", "msg"))
                .isEqualTo("{\"id\":\"msg\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"org/model\","
                        + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hmm\",\"signature\":\"\"},"
                        + "{\"type\":\"text\",\"text\":\"I look\",\"citations\":null},"
                        + "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"look\",\"input\":{\"a\":1},"
                        + "\"caller\":{\"type\":\"direct\"}}],"
                        + "\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":5,\"output_tokens\":9,\"cache_creation_input_tokens\":0,"
                        + "\"cache_read_input_tokens\":0}}");
    }

    @Test
    void aStreamTellsEachStep() {
        List<NamedEvent> events =
                NamedEvent.of(ScriptedExchange.of(READER, body(",\"stream\":true"), THOUGHT_SAID_AND_CALLED)
                        .streamed());

        assertThat(events)
                .extracting(NamedEvent::name)
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(events)
                .filteredOn(event -> event.name().startsWith("content_block_"))
                .extracting(event -> event.data().getInt("index"))
                .containsExactly(0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(events.get(0).data().getJsonObject("message").getJsonArray("content"))
                .isEmpty();
        assertThat(events.get(2).data().getJsonObject("delta"))
                .hasToString("{\"type\":\"thinking_delta\",\"thinking\":\"Hmm\"}");
        assertThat(events.get(4).data().getJsonObject("content_block"))
                .hasToString("{\"type\":\"text\",\"text\":\"\",\"citations\":null}");
        assertThat(events.get(6).data().getJsonObject("delta"))
                .hasToString("{\"type\":\"text_delta\",\"text\":\"look\"}");
        assertThat(events.get(8).data().getJsonObject("content_block").getJsonObject("input"))
                .isEmpty();
        assertThat(events.get(10).data().getJsonObject("delta"))
                .hasToString("{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}");
        assertThat(events.get(12).data().toString())
                .contains("\"stop_reason\":\"tool_use\",\"stop_sequence\":null", "\"input_tokens\":5");
    }

    @Test
    void theStringThatEndedItIsTold() {
        JsonObject answer = ended(new ChoiceEnded(0, FinishReason.STOP, Optional.of("END")));

        assertThat(answer.getString("stop_reason")).isEqualTo("stop_sequence");
        assertThat(answer.getString("stop_sequence")).isEqualTo("END");
    }

    @Test
    void otherEndsHaveTheirNames() {
        assertThat(ended(new ChoiceEnded(0, FinishReason.STOP)).getString("stop_reason"))
                .isEqualTo("end_turn");
        assertThat(ended(new ChoiceEnded(0, FinishReason.LENGTH)).getString("stop_reason"))
                .isEqualTo("max_tokens");
    }

    @Test
    void anInputThatIsNoObjectIsTheMemberOfOne() {
        JsonObject answer = ScriptedExchange.of(
                        READER,
                        body(""),
                        new CallStarted(0, 0, "call_1", "look", 1, List.of()),
                        new CallArguments(0, 0, "{\"a\":", 1, List.of()),
                        new ChoiceEnded(0, FinishReason.LENGTH),
                        new Finished(new Usage(5, 2)))
                .whole();

        assertThat(answer.getJsonArray("content").getJsonObject(0).getJsonObject("input"))
                .hasToString("{\"arguments\":\"{\\\"a\\\":\"}");
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
        assertThat(last.name()).isEqualTo("error");
        assertThat(last.data())
                .hasToString("{\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                        + "\"message\":\"The engine broke.\"}}");
    }

    @Test
    void aCountIsThePromptsOfAnAnswerOfOneToken() {
        ScriptedExchange exchange = ScriptedExchange.of(
                (body, pictures) -> MessageGeneration.toCount(Messages.READER.readToCount(body), pictures),
                "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                new Text(0, "I", 1),
                new ChoiceEnded(0, FinishReason.LENGTH),
                new Finished(new Usage(5, 1)));

        assertThat(exchange.whole()).hasToString("{\"input_tokens\":5}");
        assertThat(exchange.asked().stopping().maxTokens()).hasValue(1);
    }

    private static JsonObject ended(ChoiceEnded end) {
        return ScriptedExchange.of(READER, body(""), new Text(0, "I", 1), end, new Finished(new Usage(5, 1)))
                .whole();
    }

    private static String body(String members) {
        return "{\"model\":\"" + ScriptedExchange.MODEL
                + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + members + "}";
    }
}
