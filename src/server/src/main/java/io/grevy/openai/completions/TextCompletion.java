package io.grevy.openai.completions;

import io.grevy.inference.FinishReason;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.TokenUsage;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole answer, or a chunk of one. https://platform.openai.com/docs/api-reference/completions/object
 *
 * @param usage what stands there: an object, null, or nothing at all
 * @see CompletionSchemas what OpenAPI shows of it
 */
record TextCompletion(AnswerHead head, List<Choice> choices, Optional<JsonValue> usage) implements JsonAnswer {

    TextCompletion {
        choices = List.copyOf(choices);
    }

    static TextCompletion whole(AnswerHead head, List<Choice> choices, TokenUsage usage) {
        return new TextCompletion(head, choices, Optional.of(usage.toJson()));
    }

    /** One of the answers, or what it gained. */
    record Choice(int index, String text, Optional<JsonObject> logProbs, Optional<FinishReason> finishReason) {

        private JsonObjectBuilder toJson() {
            return Json.object()
                    .add("index", index)
                    .add("text", text)
                    .add("logprobs", orNull(logProbs))
                    .add(
                            "finish_reason",
                            orNull(finishReason.map(
                                    reason -> Json.text(reason.name().toLowerCase(Locale.ROOT)))));
        }

        private static JsonValue orNull(Optional<? extends JsonValue> value) {
            return value.isPresent() ? value.get() : JsonValue.NULL;
        }
    }

    @Override
    public JsonObject toJson() {
        JsonArrayBuilder all = Json.array();
        choices.forEach(choice -> all.add(choice.toJson()));
        JsonObjectBuilder answer = Json.object()
                .add("id", head.id())
                .add("object", "text_completion")
                .add("created", head.created())
                .add("model", head.model())
                .add("choices", all);
        usage.ifPresent(value -> answer.add("usage", value));
        return answer.add("system_fingerprint", head.systemFingerprint()).build();
    }
}
