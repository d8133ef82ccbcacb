package io.grevy.openai;

import io.grevy.model.ModelStatus;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model as https://platform.openai.com/docs/api-reference/models/object has it. */
@Schema(name = "Model")
public record ModelCard(
        @Schema(required = true) String id,

        @Schema(required = true, description = "When it became available, in seconds since 1970.")
        long created,

        @Schema(required = true, enumeration = "model") String object,

        @Schema(required = true, name = "owned_by", enumeration = "grevy")
        String ownedBy)
        implements JsonAnswer {

    static ModelCard of(ModelStatus status) {
        long created = status.availableSince().map(Instant::getEpochSecond).orElse(0L);
        return new ModelCard(status.name(), created, "model", "grevy");
    }

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("id", id)
                .add("object", object)
                .add("created", created)
                .add("owned_by", ownedBy)
                .build();
    }
}
