package io.grevy.openai;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
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
        headersOf(e).forEach(response::header);
        return response.build();
    }

    /** What its answer's head tells besides the status. */
    public static Map<String, String> headersOf(ApiException e) {
        Map<String, String> headers = new LinkedHashMap<>();
        e.retryAfter().ifPresent(delay -> headers.put(HttpHeaders.RETRY_AFTER, String.valueOf(delay.toSeconds())));
        if (e.code() == ErrorCode.MISSING_API_KEY) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"grevy\"");
        } else if (e.code() == ErrorCode.INVALID_API_KEY) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"grevy\", error=\"invalid_token\"");
        }
        return headers;
    }

    @Override
    public JsonObject toJson() {
        JsonObjectBuilder body = Json.object().add("message", error.message()).add("type", error.type());
        error.param().ifPresentOrElse(param -> body.add("param", param), () -> body.add("param", JsonValue.NULL));
        return Json.object().add("error", body.add("code", error.code())).build();
    }
}
