package io.grevy.openai;

import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** KServe's server metadata. This server has none of its extensions. */
@Schema(name = "ServerMetadata")
record ServerMetadata(
        @Schema(required = true) String name,
        @Schema(required = true) String version) implements JsonAnswer {

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("name", name)
                .add("version", version)
                .add("extensions", Json.array())
                .build();
    }
}
