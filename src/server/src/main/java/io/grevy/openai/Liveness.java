package io.grevy.openai;

import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether the server answers. */
@Schema(name = "Liveness")
record Liveness(@Schema(required = true) boolean live) implements JsonAnswer {

    @Override
    public JsonObject toJson() {
        return Json.object().add("live", live).build();
    }
}
