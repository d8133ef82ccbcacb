package io.grevy.openai;

import jakarta.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** KServe's server metadata. */
@Schema(name = "ServerMetadata")
record ServerMetadata(
        @Schema(required = true) String name,
        @Schema(required = true) String version,

        @Schema(required = true, description = "KServe's extensions; this server has none.")
        List<String> extensions)
        implements JsonAnswer {

    ServerMetadata {
        extensions = List.copyOf(extensions);
    }

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("name", name)
                .add("version", version)
                .add("extensions", Json.strings(extensions))
                .build();
    }
}
