package io.grevy.openai;

import io.grevy.model.ModelStatus;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Every model's state as OpenVINO Model Server's {@code /v1/config} tells it: an object with one member a model. A
 * load that failed shows as LOADING with the error, one that goes on as LOADING with what is being done.
 * A model that is being replaced has several states, that which serves first.
 */
@Schema(
        name = "ServingStatus",
        description =
                "One member a model: {\"<name>\": {\"model_version_status\": [{\"version\", \"state\", \"status\": "
                        + "{\"error_code\", \"error_message\"}}]}}.",
        type = SchemaType.OBJECT,
        additionalProperties = ServingStatus.Versions.class)
record ServingStatus(@Schema(hidden = true) List<ModelStatus> models) implements JsonAnswer {

    /** What OpenAPI shows of a model. */
    @Schema(name = "ModelVersions")
    record Versions(@Schema(required = true, minItems = 1) List<Version> model_version_status) {}

    /** And of a load of it. */
    @Schema(name = "ModelVersionStatus")
    record Version(
            @Schema(required = true) String version,

            @Schema(
                    required = true,
                    enumeration = {"START", "LOADING", "AVAILABLE", "UNLOADING", "END"})
            String state,

            @Schema(required = true) Cause status) {}

    /** And of why it is in this state. */
    @Schema(name = "ModelVersionCause")
    record Cause(
            @Schema(
                    required = true,
                    enumeration = {"OK", "FAILED_PRECONDITION"})
            String error_code,

            @Schema(required = true) String error_message) {}

    ServingStatus {
        models = List.copyOf(models);
    }

    @Override
    public JsonObject toJson() {
        Map<String, JsonArrayBuilder> versions = new LinkedHashMap<>();
        models.forEach(model ->
                versions.computeIfAbsent(model.name(), name -> Json.array()).add(version(model)));
        JsonObjectBuilder answer = Json.object();
        versions.forEach((name, states) -> answer.add(name, Json.object().add("model_version_status", states)));
        return answer.build();
    }

    private static JsonObjectBuilder version(ModelStatus model) {
        return Json.object()
                .add("version", model.version())
                .add("state", model.state().name())
                .add(
                        "status",
                        Json.object()
                                .add("error_code", model.error().isPresent() ? "FAILED_PRECONDITION" : "OK")
                                .add(
                                        "error_message",
                                        model.error().or(model::detail).orElse("OK")));
    }
}
