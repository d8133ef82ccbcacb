package io.grevy.openai.chat;

import io.grevy.inference.FinishReason;
import io.grevy.openai.ErrorResponse;
import io.grevy.openai.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The events of one stream as bytes: https://platform.openai.com/docs/api-reference/chat-streaming. Everything but the
 * text is the same in each chunk, so it is rendered once.
 */
public final class Chunks {

    private static final byte[] DONE = event("[DONE]");
    private static final byte[] HEARTBEAT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final String head;
    private final String end;

    /** @param includeUsage whether each chunk says that the usage comes later */
    Chunks(AnswerHead answer, boolean includeUsage) {
        head = "{\"id\":" + Json.quoted(answer.id())
                + ",\"object\":\"chat.completion.chunk\",\"created\":" + answer.created()
                + ",\"model\":" + Json.quoted(answer.model())
                + ",\"system_fingerprint\":" + Json.quoted(answer.systemFingerprint())
                + ",\"choices\":[";
        end = includeUsage ? "],\"usage\":null}" : "]}";
    }

    /**
     * What a choice gained.
     *
     * @param first whether it is the choice's first, which has the role
     */
    byte[] gained(int choice, boolean first, Delta delta, Optional<JsonObject> logProbs) {
        return chunk(choice, delta.json(first), logProbs, "null");
    }

    byte[] ended(int choice, FinishReason reason) {
        return chunk(choice, "{}", Optional.empty(), "\"" + WholeAnswer.wireName(reason) + "\"");
    }

    byte[] usage(TokenUsage usage) {
        return event(head + "],\"usage\":" + usage.toJson() + "}");
    }

    /** Clients raise what they find here. */
    public static byte[] error(ErrorResponse error) {
        return event(error.toJson().toString());
    }

    /** The last event of a stream that came to its proper end. */
    public static byte[] done() {
        return DONE.clone();
    }

    /** A comment: clients skip it, and a dead connection shows. */
    public static byte[] heartbeat() {
        return HEARTBEAT.clone();
    }

    private byte[] chunk(int choice, String delta, Optional<JsonObject> logProbs, String finishReason) {
        return event(head + "{\"index\":" + choice + ",\"delta\":" + delta + ",\"logprobs\":"
                + logProbs.map(JsonObject::toString).orElse("null") + ",\"finish_reason\":" + finishReason + "}" + end);
    }

    /** @param data without a line break */
    public static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
