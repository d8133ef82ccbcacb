package io.grevy.openai;

import io.grevy.model.ModelStatus;
import jakarta.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** KServe's model metadata. The models take conversations, not tensors, so it names none. */
@Schema(name = "ModelMetadata")
record ModelMetadata(
        @Schema(required = true) String name,
        @Schema(required = true) List<String> versions,
        @Schema(required = true, enumeration = "OpenVINO") String platform,

        @Schema(required = true, description = "Always empty.")
        List<String> inputs,

        @Schema(required = true, description = "Always empty.")
        List<String> outputs)
        implements JsonAnswer {

    ModelMetadata {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    static ModelMetadata of(ModelStatus status) {
        return new ModelMetadata(status.name(), List.of(status.version()), "OpenVINO", List.of(), List.of());
    }

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("name", name)
                .add("versions", Json.strings(versions))
                .add("platform", platform)
                .add("inputs", Json.strings(inputs))
                .add("outputs", Json.strings(outputs))
                .build();
    }
}
