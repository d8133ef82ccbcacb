package io.grevy.openai;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Gives Jakarta REST's own refusals OpenAI's form: an unknown path, a wrong method, a type that isn't spoken. */
@Provider
public final class FrameworkExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException e) {
        Response original = e.getResponse();
        int status = original.getStatus();
        if (status < 400) {
            return original; // the framework's answer to OPTIONS comes this way
        }
        Response.ResponseBuilder answer = Response.fromResponse(ErrorResponse.toHttp(errorOf(status)));
        if (!original.getAllowedMethods().isEmpty()) {
            answer.allow(original.getAllowedMethods());
        }
        return answer.build();
    }

    /** What is known of an error by its status alone. */
    static ApiException errorOf(int status) {
        return new ApiException(codeOf(status), messageOf(status));
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.UNKNOWN_URL;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.REQUEST_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            default -> status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.INVALID_REQUEST;
        };
    }

    private static String messageOf(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this URL; /openapi lists what there is.";
            case 405 -> "This method is not allowed on this URL; the Allow header names those that are.";
            case 406 -> "None of the types in the Accept header can be sent.";
            case 413 -> "The request is too large.";
            case 415 -> "The Content-Type must be application/json.";
            default -> status >= 500 ? "The server failed." : "The request is malformed.";
        };
    }
}
