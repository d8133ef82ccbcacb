package io.grevy.openai;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The error object of every answer that isn't a success. https://platform.openai.com/docs/guides/error-codes */
@Schema(name = "ErrorResponse", description = "What went wrong, and where in the request.")
public record ErrorResponse(@Schema(required = true) ErrorBody error) implements JsonAnswer {

    /** The object within. */
    @Schema(name = "Error")
    public record ErrorBody(
            @Schema(required = true) String message,

            @Schema(
                    required = true,
                    enumeration = {"invalid_request_error", "rate_limit_error", "server_error", "service_unavailable"})
            String type,

            @Schema(
                    implementation = String.class,
                    nullable = true,
                    description = "The path of the offending parameter.",
                    examples = "messages[2].content[0].image_url.url")
            Optional<String> param,

            @Schema(required = true, examples = "invalid_value")
            String code) {}

    public static ErrorResponse of(ApiException e) {
        ErrorCode code = e.code();
        return new ErrorResponse(new ErrorBody(e.getMessage(), code.type(), e.param(), code.wireName()));
    }

    /** The whole HTTP answer. */
    public static Response toHttp(ApiException e) {
        Response.ResponseBuilder response = Response.status(e.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(of(e));
        e.retryAfter().ifPresent(delay -> response.header(HttpHeaders.RETRY_AFTER, delay.toSeconds()));
        return response.build();
    }

    @Override
    public JsonObject toJson() {
        JsonObjectBuilder body = Json.object().add("message", error.message()).add("type", error.type());
        error.param().ifPresentOrElse(param -> body.add("param", param), () -> body.add("param", JsonValue.NULL));
        return Json.object().add("error", body.add("code", error.code())).build();
    }
}
