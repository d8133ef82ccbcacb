package io.grevy.openai.tokens;

import io.grevy.component.Component;
import io.grevy.openai.RequestIds;
import io.grevy.openai.chat.Exchanges;
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

/** Show the tokens of texts. */
@Component
@Path("v3/tokenize")
@Tag(name = "Tokens")
public class TokenizeResource {

    private final TokenizerService service;
    private final Exchanges exchanges;
    private final Reception reception;

    @Inject
    public TokenizeResource(TokenizerService service, Exchanges exchanges, Reception reception) {
        this.service = service;
        this.exchanges = exchanges;
        this.reception = reception;
    }

    // Any type is consumed, so that the error about a wrong one is ours and names it.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Show the tokens of texts")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenSchemas.Tokenize.class)))
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenSchemas.Tokens.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    @APIResponse(responseCode = "429", ref = "Busy")
    @APIResponse(responseCode = "500", ref = "Failed")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public void tokenize(
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
                reply -> exchanges.submit(service.tokenize(), requestId, body, reply));
    }
}
