package io.grevy.anthropic;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.openai.ApiException;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvents;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a message of what a generation tells, the same whether it is sent whole or as events. Used by one thread.
 * https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
final class MessageAnswer implements GenerationRequest.WholeSink, GenerationRequest.StreamSink {

    private final AnswerHead head;
    private final Optional<NamedEvents> stream;
    private final List<Block> blocks = new ArrayList<>();

    private boolean open;
    private JsonValue stopReason = JsonValue.NULL;
    private JsonValue stopSequence = JsonValue.NULL;
    private int inputTokens;
    private int outputTokens;

    private MessageAnswer(AnswerHead head, Optional<NamedEvents> stream) {
        this.head = head;
        this.stream = stream;
    }

    static MessageAnswer whole(AnswerHead head) {
        return new MessageAnswer(head, Optional.empty());
    }

    /** From here on every method may find that the client has gone. */
    static MessageAnswer streamed(AnswerHead head, NamedEvents stream) throws IOException {
        MessageAnswer answer = new MessageAnswer(head, Optional.of(stream));
        answer.tell("message_start", event -> event.add("message", answer.json()));
        return answer;
    }

    @Override
    public JsonAnswer answer() {
        return new MessageObject(json());
    }

    @Override
    public void text(GenerationEvent.Text text) throws IOException {
        if (!text.text().isEmpty()) {
            add(Block.Kind.TEXT, text.text());
        }
    }

    @Override
    public void reasoning(GenerationEvent.Reasoning reasoning) throws IOException {
        add(Block.Kind.THINKING, reasoning.text());
    }

    @Override
    public void call(GenerationEvent.CallStarted call) throws IOException {
        begin(Block.ofCall(call.id(), call.name()));
    }

    @Override
    public void arguments(GenerationEvent.CallArguments arguments) throws IOException {
        add(Block.Kind.TOOL_USE, arguments.json());
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) throws IOException {
        end();
        boolean stopped =
                ended.reason() == FinishReason.STOP && ended.stopString().isPresent();
        stopReason = Json.text(stopped ? "stop_sequence" : wireName(ended.reason()));
        stopSequence = stopped ? Json.text(ended.stopString().orElseThrow()) : JsonValue.NULL;
    }

    @Override
    public void finished(GenerationEvent.Finished finished) throws IOException {
        inputTokens = finished.usage().promptTokens();
        outputTokens = finished.usage().completionTokens();
        tell(
                "message_delta",
                event -> event.add(
                                "delta",
                                Json.object().add("stop_reason", stopReason).add("stop_sequence", stopSequence))
                        .add("usage", usage()));
        tell("message_stop", event -> {});
    }

    @Override
    public void quiet() throws IOException {
        tell("ping", event -> {});
    }

    @Override
    public void failed(ApiException e) throws IOException {
        if (stream.isPresent()) {
            stream.get().send("error", MessageError.of(e, Optional.empty()).toJson());
        }
    }

    private void add(Block.Kind kind, String more) throws IOException {
        if (!open || last().kind() != kind) {
            begin(Block.of(kind));
        }
        JsonObject delta = last().add(more);
        tell(
                "content_block_delta",
                event -> event.add("index", blocks.size() - 1).add("delta", delta));
    }

    private void begin(Block block) throws IOException {
        end();
        blocks.add(block);
        open = true;
        tell(
                "content_block_start",
                event -> event.add("index", blocks.size() - 1).add("content_block", block.beginning()));
    }

    private void end() throws IOException {
        if (open) {
            open = false;
            tell("content_block_stop", event -> event.add("index", blocks.size() - 1));
        }
    }

    private Block last() {
        return blocks.get(blocks.size() - 1);
    }

    private void tell(String type, Consumer<JsonObjectBuilder> members) throws IOException {
        if (stream.isPresent()) {
            JsonObjectBuilder event = Json.object().add("type", type);
            members.accept(event);
            stream.get().send(type, event.build());
        }
    }

    private JsonObject json() {
        JsonArrayBuilder content = Json.array();
        blocks.forEach(block -> content.add(block.json()));
        return Json.object()
                .add("id", head.id())
                .add("type", "message")
                .add("role", "assistant")
                .add("model", head.model())
                .add("content", content)
                .add("stop_reason", stopReason)
                .add("stop_sequence", stopSequence)
                .add("usage", usage())
                .build();
    }

    private JsonObjectBuilder usage() {
        return Json.object()
                .add("input_tokens", inputTokens)
                .add("output_tokens", outputTokens)
                .add("cache_creation_input_tokens", 0)
                .add("cache_read_input_tokens", 0);
    }

    private static String wireName(FinishReason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
        };
    }
}
