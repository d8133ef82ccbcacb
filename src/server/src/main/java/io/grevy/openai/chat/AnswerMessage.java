package io.grevy.openai.chat;

import io.grevy.openai.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * What the assistant says. https://platform.openai.com/docs/api-reference/chat/object
 *
 * @param reasoning empty for none
 */
record AnswerMessage(String content, String reasoning, List<Call> calls) {

    /** Of a tool. */
    record Call(String id, String name, String arguments) {

        private JsonObjectBuilder toJson() {
            return Json.object()
                    .add("id", id)
                    .add("type", "function")
                    .add("function", Json.object().add("name", name).add("arguments", arguments));
        }
    }

    AnswerMessage {
        calls = List.copyOf(calls);
    }

    static AnswerMessage of(String content) {
        return new AnswerMessage(content, "", List.of());
    }

    /** Calls alone have no content. */
    JsonObjectBuilder toJson() {
        JsonObjectBuilder message = Json.object()
                .add("role", "assistant")
                .add("content", content.isEmpty() && !calls.isEmpty() ? JsonValue.NULL : Json.text(content))
                .add("refusal", JsonValue.NULL);
        if (!reasoning.isEmpty()) {
            message.add("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            JsonArrayBuilder all = Json.array();
            calls.forEach(call -> all.add(call.toJson()));
            message.add("tool_calls", all);
        }
        return message;
    }
}
