package io.grevy.anthropic;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorResponse;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An error in Anthropic's form. https://docs.anthropic.com/en/api/errors */
@Schema(name = "MessageErrorResponse")
record MessageError(
        @Schema(required = true, enumeration = "error") String type,
        @Schema(required = true) Body error,

        @Schema(
                name = "request_id",
                implementation = String.class,
                description = "Of the whole answer's header request-id.")
        Optional<String> requestId)
        implements JsonAnswer {

    /** The object within. */
    @Schema(name = "MessageError")
    record Body(
            @Schema(
                    required = true,
                    enumeration = {
                        "invalid_request_error",
                        "authentication_error",
                        "permission_error",
                        "not_found_error",
                        "request_too_large",
                        "rate_limit_error",
                        "api_error",
                        "timeout_error",
                        "overloaded_error"
                    })
            String type,

            @Schema(required = true) String message) {}

    static MessageError of(ApiException e, Optional<String> requestId) {
        return new MessageError("error", new Body(typeOf(e.code().status()), e.getMessage()), requestId);
    }

    /** @param status of the answer */
    static MessageError of(ErrorResponse other, int status, Optional<String> requestId) {
        return new MessageError("error", new Body(typeOf(status), other.error().message()), requestId);
    }

    private static String typeOf(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 499 -> "api_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    @Override
    public JsonObject toJson() {
        JsonObjectBuilder answer = Json.object()
                .add("type", type)
                .add("error", Json.object().add("type", error.type()).add("message", error.message()));
        requestId.ifPresent(id -> answer.add("request_id", id));
        return answer.build();
    }
}
