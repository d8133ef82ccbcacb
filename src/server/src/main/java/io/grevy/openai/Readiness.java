package io.grevy.openai;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether the server, or the model of this name, takes requests. */
@Schema(name = "Readiness")
record Readiness(
        @Schema(implementation = String.class, description = "The model; absent for the server.")
        Optional<String> name,

        @Schema(required = true) boolean ready)
        implements JsonAnswer {

    @Override
    public JsonObject toJson() {
        JsonObjectBuilder answer = Json.object();
        name.ifPresent(model -> answer.add("name", model));
        return answer.add("ready", ready).build();
    }
}
