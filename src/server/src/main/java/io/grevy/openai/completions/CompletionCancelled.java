package io.grevy.openai.completions;

import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the cancel endpoint answers. */
@Schema(name = "CompletionCancelled")
record CompletionCancelled(
        @Schema(required = true) String id,

        @Schema(required = true, enumeration = "text_completion.cancelled")
        String object)
        implements JsonAnswer {

    static CompletionCancelled of(String id) {
        return new CompletionCancelled(id, "text_completion.cancelled");
    }

    @Override
    public JsonObject toJson() {
        return Json.object().add("id", id).add("object", object).build();
    }
}
