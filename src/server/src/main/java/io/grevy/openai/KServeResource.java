package io.grevy.openai;

import io.grevy.component.Component;
import io.grevy.inference.EngineCondition;
import io.grevy.model.Models;
import io.grevy.openai.access.Callers;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The status calls of https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol. */
@Component
@Path("v2")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "KServe v2")
public class KServeResource {

    private final Models models;

    @Inject
    public KServeResource(Models models) {
        this.models = models;
    }

    @GET
    @Operation(summary = "What server this is")
    @APIResponse(
            responseCode = "200",
            description = "Name and version",
            content = @Content(schema = @Schema(implementation = ServerMetadata.class)))
    public JsonAnswer server() {
        return new ServerMetadata("grevy", ServerVersion.current(), List.of());
    }

    @GET
    @Path("health/live")
    @Operation(summary = "Whether every engine can still do its work")
    @APIResponse(
            responseCode = "200",
            description = "All can",
            content = @Content(schema = @Schema(implementation = Liveness.class)))
    @APIResponse(
            responseCode = "503",
            description = "One is dead or stuck",
            content = @Content(schema = @Schema(implementation = Liveness.class)))
    public Response live() {
        boolean all = models.statuses().stream().allMatch(status -> status.condition() == EngineCondition.WELL);
        return answer(all, new Liveness(all));
    }

    @GET
    @Path("health/ready")
    @Operation(summary = "Whether requests may be sent here, as /health/ready says")
    @APIResponse(
            responseCode = "200",
            description = "They may",
            content = @Content(schema = @Schema(implementation = Readiness.class)))
    @APIResponse(
            responseCode = "503",
            description = "A model of the start has not loaded yet, or an engine has failed, or there is no model",
            content = @Content(schema = @Schema(implementation = Readiness.class)))
    public Response ready() {
        boolean ready = models.ready();
        return answer(ready, new Readiness(Optional.empty(), ready));
    }

    @GET
    @Path("models/{model: .+}")
    @Operation(summary = "What model this is")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(schema = @Schema(implementation = ModelMetadata.class)))
    @APIResponse(responseCode = "400", ref = "BadUrl")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public JsonAnswer model(@PathParam("model") String model, @Context SecurityContext caller) {
        return ModelMetadata.of(ModelLookup.status(models, model, Callers.of(caller)));
    }

    @GET
    @Path("models/{model: .+}/ready")
    @Operation(summary = "Whether a model takes requests")
    @APIResponse(
            responseCode = "200",
            description = "It does",
            content = @Content(schema = @Schema(implementation = Readiness.class)))
    @APIResponse(responseCode = "400", ref = "BadUrl")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(
            responseCode = "503",
            description = "It loads, failed to load, or is being unloaded",
            content = @Content(schema = @Schema(implementation = Readiness.class)))
    public Response modelReady(@PathParam("model") String model, @Context SecurityContext caller) {
        boolean ready = ModelLookup.status(models, model, Callers.of(caller)).ready();
        return answer(ready, new Readiness(Optional.of(model), ready));
    }

    private static Response answer(boolean good, JsonAnswer answer) {
        return Response.status(good ? 200 : 503)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer)
                .build();
    }
}
