package io.grevy.openai;

import java.util.Locale;

/**
 * What can go wrong with a request: the status and OpenAI's {@code type} of each. The code on the wire is the
 * constant's name in lower case.
 */
public enum ErrorCode {
    /** The body isn't JSON, or not a JSON object. */
    INVALID_JSON(400),
    MISSING_REQUIRED_PARAMETER(400),
    /** A value of the wrong JSON type. */
    INVALID_TYPE(400),
    /** A value out of its range. */
    INVALID_VALUE(400),
    /** A parameter that OpenAI or vLLM know and this server does not honour. */
    UNSUPPORTED_PARAMETER(400),
    /** A parameter that nobody knows. */
    UNKNOWN_PARAMETER(400),

    TOO_MANY_IMAGES(400),
    INVALID_IMAGE_URL(400),
    INVALID_BASE64_IMAGE(400),
    UNSUPPORTED_IMAGE_FORMAT(400),
    INVALID_IMAGE(400),
    IMAGE_TOO_LARGE(400),
    IMAGE_FETCH_REFUSED(400),
    IMAGE_FETCH_FAILED(400),
    IMAGE_FETCH_TIMEOUT(400),
    IMAGE_INPUT_NOT_SUPPORTED(400),
    VIDEO_INPUT_NOT_SUPPORTED(400),

    CONTEXT_LENGTH_EXCEEDED(400),
    RESERVED_TEXT(400),
    CHAT_TEMPLATE_REFUSED(400),
    REFUSED_BY_ENGINE(400),
    /** A request that the server framework finds wrong in some other way. */
    INVALID_REQUEST(400),

    MISSING_API_KEY(401),
    /** Nobody's, or no longer anybody's. */
    INVALID_API_KEY(401),
    /** The key may not do this. */
    INSUFFICIENT_PERMISSIONS(403),

    MODEL_NOT_FOUND(404),
    UNKNOWN_URL(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    /** The server's configuration is wrong as a whole; OpenVINO Model Server too answers 412. */
    CONFIGURATION_INVALID(412),
    REQUEST_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),

    /** As many requests wait for the model as may. */
    QUEUE_FULL(429),
    /** As many requests, or bytes of requests, are held as may. */
    OVERLOADED(429),
    /** The tenant has used what it may. */
    RATE_LIMIT_EXCEEDED(429),

    /** Its cancel endpoint was called. Not a code of HTTP's own, since clients try again after those that would fit. */
    GENERATION_CANCELLED(499),
    GENERATION_NOT_FOUND(404),
    INTERNAL_ERROR(500),
    /** The engine failed while it answered. */
    GENERATION_FAILED(500),
    MODEL_UNAVAILABLE(503),
    /** The request took longer than it, or the server, allows. */
    DEADLINE_EXCEEDED(504);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** OpenAI's {@code type}. */
    public String type() {
        return switch (status) {
            case 429 -> "rate_limit_error";
            case 503 -> "service_unavailable";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
