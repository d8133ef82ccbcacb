package io.grevy.openai;

import io.grevy.component.Component;
import io.grevy.model.Models;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The states of all models. */
@Component
@Path("v1/config")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Status")
public class ConfigResource {

    private final Models models;

    @Inject
    public ConfigResource(Models models) {
        this.models = models;
    }

    @GET
    @Operation(summary = "The state of every model: START, LOADING, AVAILABLE, UNLOADING or END")
    @APIResponse(
            responseCode = "200",
            description = "The states",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ServingStatus.class),
                            examples =
                                    @ExampleObject(
                                            name = "available",
                                            value = "{\"demo\":{\"model_version_status\":[{\"version\":\"1\","
                                                    + "\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\","
                                                    + "\"error_message\":\"OK\"}}]}}")))
    public JsonAnswer status() {
        return new ServingStatus(models.statuses());
    }
}
