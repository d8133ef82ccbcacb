package io.grevy.anthropic;

import io.grevy.component.Component;
import io.grevy.openai.RequestIds;
import io.grevy.openai.chat.Exchanges;
import io.grevy.openai.chat.GenerationEndpoint;
import io.grevy.openai.chat.PicturePool;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** https://docs.anthropic.com/en/api/messages and https://docs.anthropic.com/en/api/messages-count-tokens */
@Component
@Path("v3/messages")
@Tag(name = "Messages")
public class MessagesResource {

    private final Exchanges exchanges;
    private final GenerationEndpoint create;
    private final GenerationEndpoint count;
    private final Reception reception;

    @Inject
    public MessagesResource(MessageReader reader, PicturePool pictures, Exchanges exchanges, Reception reception) {
        this.exchanges = exchanges;
        this.create = new GenerationEndpoint(exchanges, body -> MessageGeneration.of(reader.read(body), pictures));
        this.count = new GenerationEndpoint(
                exchanges, body -> MessageGeneration.toCount(reader.readToCount(body), pictures));
        this.reception = reception;
    }

    // Any type is consumed, so that the error about a wrong one is ours and names it.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            summary = "Answer a conversation in Anthropic's form",
            description = "Whole, or with stream as server-sent events, which have the names that their types say. "
                    + "Errors before the first token have their status; a later failure is the event error.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageSchemas.Request.class)))
    @APIResponse(
            responseCode = "200",
            description = "The answer, in the form that was asked for",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = MessageSchemas.Whole.class)),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(implementation = MessageSchemas.Event.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "Something in the request is wrong; the message says what and where.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is too long.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "415",
            description = "The body is not JSON by its Content-Type.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "429",
            description = "The model or the server has as many requests as it may; Retry-After says when to come back.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "499",
            description = "The answer was cancelled.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "500",
            description = "The server or the engine failed.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "503",
            description = "The model loads, failed to load, or is being unloaded; Retry-After says when to come back.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    public void create(
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
                reply -> exchanges.submit(create, requestId, body, reply));
    }

    @POST
    @Path("count_tokens")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Count the tokens of a conversation",
            description = "Its pictures' included, so it is read as if it were to be answered: that takes as long.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageSchemas.ToCount.class)))
    @APIResponse(
            responseCode = "200",
            description = "The count",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageSchemas.Count.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the request is wrong; the message says what and where.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is too long.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "415",
            description = "The body is not JSON by its Content-Type.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "429",
            description = "The model or the server has as many requests as it may; Retry-After says when to come back.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "499",
            description = "The answer was cancelled.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "500",
            description = "The server or the engine failed.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    @APIResponse(
            responseCode = "503",
            description = "The model loads, failed to load, or is being unloaded; Retry-After says when to come back.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MessageError.class)))
    public void count(
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
                reply -> exchanges.submit(count, requestId, body, reply));
    }
}
