package io.grevy.openai;

import io.grevy.component.Component;
import io.grevy.keys.Grant;
import io.grevy.model.ModelState;
import io.grevy.model.ModelStatus;
import io.grevy.model.Models;
import io.grevy.openai.access.Callers;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models that take requests. */
@Component
@Path("v3/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
public class ModelsResource {

    private final Models models;

    @Inject
    public ModelsResource(Models models) {
        this.models = models;
    }

    @GET
    @Operation(summary = "The models that take requests")
    @APIResponse(
            responseCode = "200",
            description = "The models",
            content = @Content(schema = @Schema(implementation = ModelList.class)))
    public ModelList list(@Context SecurityContext caller) {
        Grant grant = Callers.of(caller);
        return new ModelList(
                "list",
                models.statuses().stream()
                        .filter(ModelsResource::served)
                        .filter(status -> grant.models().allow(status.name()))
                        .map(ModelCard::of)
                        .toList());
    }

    @GET
    @Path("{id: .+}")
    @Operation(summary = "One model")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(schema = @Schema(implementation = ModelCard.class)))
    @APIResponse(responseCode = "400", ref = "BadUrl")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public ModelCard get(
            @Parameter(description = "The model's name; it may hold slashes.", example = "OpenVINO/some-model")
                    @PathParam("id")
                    String id,
            @Context SecurityContext caller) {
        ModelStatus status = ModelLookup.status(models, id, Callers.of(caller));
        if (!served(status)) {
            throw ModelLookup.unavailable("The model '" + id + "' is " + status.state() + ".");
        }
        return ModelCard.of(status);
    }

    /** One at rest answers too, after it was loaded again. */
    private static boolean served(ModelStatus status) {
        return status.state() == ModelState.AVAILABLE
                || (status.resting() && status.error().isEmpty());
    }
}
