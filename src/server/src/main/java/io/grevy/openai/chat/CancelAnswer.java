package io.grevy.openai.chat;

import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the cancel endpoint answers. */
@Schema(name = "ChatCompletionCancelled")
record CancelAnswer(
        @Schema(required = true) String id,

        @Schema(required = true, enumeration = "chat.completion.cancelled")
        String object)
        implements JsonAnswer {

    static CancelAnswer of(String id) {
        return new CancelAnswer(id, "chat.completion.cancelled");
    }

    @Override
    public JsonObject toJson() {
        return Json.object().add("id", id).add("object", object).build();
    }
}
