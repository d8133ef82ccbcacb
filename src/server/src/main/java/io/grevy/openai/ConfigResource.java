package io.grevy.openai;

import io.grevy.component.Component;
import io.grevy.keys.Grant;
import io.grevy.model.Models;
import io.grevy.openai.access.Callers;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The states of all models, and reading the configuration anew. */
@Component
@Path("v1/config")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Status")
public class ConfigResource {

    private final Models models;
    private final ConfigReloads reloads;

    @Inject
    public ConfigResource(Models models, ConfigReloads reloads) {
        this.models = models;
        this.reloads = reloads;
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
    public JsonAnswer status(@Context SecurityContext caller) {
        return states(Callers.of(caller));
    }

    private JsonAnswer states(Grant caller) {
        return new ServingStatus(models.statuses().stream()
                .filter(status -> caller.models().allow(status.name()))
                .toList());
    }

    @POST
    @Path("reload")
    @Operation(
            summary = "Read the configuration anew",
            description = "Answers when what is new is loaded. A model that does not load is no error here: its state "
                    + "says so. Any body is ignored.")
    @APIResponse(
            responseCode = "200",
            description = "There was nothing to do; the states",
            content = @Content(schema = @Schema(implementation = ServingStatus.class)))
    @APIResponse(
            responseCode = "201",
            description = "Models were added, removed or loaded anew; the states",
            content = @Content(schema = @Schema(implementation = ServingStatus.class)))
    @APIResponse(
            responseCode = "412",
            description = "The configuration is wrong as a whole, and nothing is changed",
            content = @Content(schema = @Schema(implementation = ErrorResponse.class)))
    @APIResponse(responseCode = "429", ref = "Busy")
    public void reload(@Context SecurityContext caller, @Suspended AsyncResponse response) {
        response.setTimeout(0, TimeUnit.SECONDS); // none
        Grant grant = Callers.of(caller);
        try {
            reloads.submit(changed -> response.resume(answer(changed, grant)), response::resume);
        } catch (ApiException e) {
            response.resume(e);
        }
    }

    private Response answer(boolean changed, Grant caller) {
        return Response.status(changed ? 201 : 200)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(states(caller))
                .build();
    }
}
