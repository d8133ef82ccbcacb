package io.grevy.openai.completions;

import io.grevy.component.Component;
import io.grevy.openai.RequestIds;
import io.grevy.openai.chat.Exchanges;
import io.grevy.openai.chat.GenerationEndpoint;
import io.grevy.openai.chat.Reception;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** https://platform.openai.com/docs/api-reference/completions/create */
@Component
@Path("v3/completions")
@Tag(name = "Completions")
public class CompletionsResource {

    private final Exchanges exchanges;
    private final GenerationEndpoint endpoint;
    private final Reception reception;

    @Inject
    public CompletionsResource(CompletionReader reader, Exchanges exchanges, Reception reception) {
        this.exchanges = exchanges;
        this.endpoint = new GenerationEndpoint(exchanges, body -> new CompletionGeneration(reader.read(body)));
        this.reception = reception;
    }

    // Any type is consumed, so that the error about a wrong one is ours and names it.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            summary = "Go on with prompts as they stand",
            description = "No chat template is applied. Whole, or with stream as server-sent events, as chat "
                    + "completions are.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CompletionSchemas.Request.class),
                            examples = {
                                @ExampleObject(
                                        name = "text",
                                        value = "{\"model\":\"grevy/demo\",\"prompt\":\"I see a\",\"max_tokens\":8}"),
                                @ExampleObject(
                                        name = "stream",
                                        value =
                                                "{\"model\":\"grevy/demo\",\"prompt\":[\"I see a\",\"It is\"],\"stream\":true,"
                                                        + "\"stream_options\":{\"include_usage\":true}}")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The answer, in the form that was asked for",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CompletionSchemas.Whole.class)),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(implementation = CompletionSchemas.Chunk.class))
            })
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "Busy")
    @APIResponse(responseCode = "499", ref = "Cancelled")
    @APIResponse(responseCode = "500", ref = "Failed")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public void complete(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            @Parameter(hidden = true) @HeaderParam(RequestIds.HEADER) String requestId,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        reception.receive(
                contentType,
                contentLength,
                request,
                response,
                reply -> exchanges.submit(endpoint, requestId, body, reply));
    }
}
