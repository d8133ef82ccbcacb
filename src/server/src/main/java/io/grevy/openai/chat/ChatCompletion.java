package io.grevy.openai.chat;

import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer. https://platform.openai.com/docs/api-reference/chat/object
 *
 * @see AnswerSchemas what OpenAPI shows of it
 */
record ChatCompletion(AnswerHead head, List<Choice> choices, TokenUsage usage) implements JsonAnswer {

    /** One of the answers. */
    record Choice(int index, AnswerMessage message, Optional<JsonObject> logProbs, String finishReason) {

        Choice(int index, String content, String finishReason) {
            this(index, AnswerMessage.of(content), Optional.empty(), finishReason);
        }

        private JsonObjectBuilder toJson() {
            return Json.object()
                    .add("index", index)
                    .add("message", message.toJson())
                    .add("logprobs", logProbs.map(JsonValue.class::cast).orElse(JsonValue.NULL))
                    .add("finish_reason", finishReason);
        }
    }

    ChatCompletion {
        choices = List.copyOf(choices);
    }

    @Override
    public JsonObject toJson() {
        JsonArrayBuilder all = Json.array();
        choices.forEach(choice -> all.add(choice.toJson()));
        return Json.object()
                .add("id", head.id())
                .add("object", "chat.completion")
                .add("created", head.created())
                .add("model", head.model())
                .add("choices", all)
                .add("usage", usage.toJson())
                .add("system_fingerprint", head.systemFingerprint())
                .build();
    }
}
