package io.grevy.openai;

import io.grevy.model.ModelStatus;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** KServe's model metadata. The models take conversations, not tensors, so inputs and outputs are empty. */
@Schema(name = "ModelMetadata")
record ModelMetadata(
        @Schema(required = true) String name,
        @Schema(required = true) String version) implements JsonAnswer {

    static ModelMetadata of(ModelStatus status) {
        return new ModelMetadata(status.name(), status.version());
    }

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("name", name)
                .add("versions", Json.array().add(version))
                .add("platform", "OpenVINO")
                .add("inputs", Json.array())
                .add("outputs", Json.array())
                .build();
    }
}
