package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.RequestIds;
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

/**
 * https://platform.openai.com/docs/api-reference/chat/create. It gives the request to {@link ChatService} and returns;
 * {@link AsyncReply} sends the answer.
 */
@Component
@Path("v3/chat/completions")
@Tag(name = "Chat")
public class ChatCompletionsResource {

    private final ChatService service;
    private final Reception reception;

    @Inject
    public ChatCompletionsResource(ChatService service, Reception reception) {
        this.service = service;
        this.reception = reception;
    }

    // Any type is consumed, so that the error about a wrong one is ours and names it.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            summary = "Answer a conversation with text and pictures",
            description = "Whole, or with stream as server-sent events. In a stream nothing is sent before the first "
                    + "token, so that errors until then have their status; a later failure is an event with an error "
                    + "object, after which the stream ends without [DONE].")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ChatCompletionRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "text",
                                        value = "{\"model\":\"grevy/demo\",\"messages\":["
                                                + "{\"role\":\"user\",\"content\":\"Who are you?\"}]}"),
                                @ExampleObject(
                                        name = "picture",
                                        value =
                                                "{\"model\":\"grevy/demo\",\"max_completion_tokens\":20,\"stream\":true,"
                                                        + "\"messages\":[{\"role\":\"user\",\"content\":["
                                                        + "{\"type\":\"text\",\"text\":\"What is in the picture?\"},"
                                                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                                                        + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4"
                                                        + "z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC\"}}]}]}")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The answer, in the form that was asked for",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = AnswerSchemas.Whole.class)),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(implementation = AnswerSchemas.Chunk.class))
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
                contentType, contentLength, request, response, reply -> service.submit(requestId, body, reply));
    }
}
