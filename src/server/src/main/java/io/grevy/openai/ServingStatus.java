package io.grevy.openai;

import io.grevy.model.ModelStatus;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Every model's state as OpenVINO Model Server's {@code /v1/config} tells it: an object with one member a model. A
 * load that failed shows as LOADING with the error, one that goes on as LOADING with what is being done.
 */
@Schema(
        name = "ServingStatus",
        description =
                "One member a model: {\"<name>\": {\"model_version_status\": [{\"version\", \"state\", \"status\": "
                        + "{\"error_code\", \"error_message\"}}]}}.")
record ServingStatus(@Schema(hidden = true) List<ModelStatus> models) implements JsonAnswer {

    ServingStatus {
        models = List.copyOf(models);
    }

    @Override
    public JsonObject toJson() {
        JsonObjectBuilder answer = Json.object();
        models.forEach(model -> answer.add(
                model.name(),
                Json.object().add("model_version_status", Json.array().add(version(model)))));
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
