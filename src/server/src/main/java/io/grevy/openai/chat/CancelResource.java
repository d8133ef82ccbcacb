package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Ends an answer that is under way. Whoever knows its id may: it can't be guessed. */
@Component
@Path("v3/chat/completions/{id}/cancel")
@Tag(name = "Chat")
public class CancelResource {

    private final RunningAnswers running;

    @Inject
    public CancelResource(RunningAnswers running) {
        this.running = running;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "End an answer that is under way",
            description = "Its id is in each of its chunks. Its stream ends with an event that holds an error of the "
                    + "code generation_cancelled, without [DONE]; an answer that was to be sent whole is that error, "
                    + "with status 499.")
    @APIResponse(
            responseCode = "200",
            description = "It ends at the next token",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CancelAnswer.class)))
    @APIResponse(responseCode = "400", ref = "BadUrl")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public CancelAnswer cancel(@PathParam("id") String id) {
        if (!running.cancel(id)) {
            throw ApiException.at("id", ErrorCode.GENERATION_NOT_FOUND, "No answer of this id is under way.");
        }
        return CancelAnswer.of(id);
    }
}
