package io.grevy.openai;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error. Its message is for the client; {@link ErrorResponse} renders it. Unchecked, since it
 * crosses Jakarta REST.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String param;
    private final @Nullable Duration retryAfter;

    private ApiException(
            ErrorCode code,
            String message,
            @Nullable String param,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause, false, code.status() >= 500);
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    public ApiException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public ApiException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause);
    }

    /** @param param where in the request it is, as in {@code messages[2].content[0].image_url.url} */
    public static ApiException at(String param, ErrorCode code, String message) {
        return new ApiException(code, message, param, null, null);
    }

    /** @param delay when trying again is worth while */
    public static ApiException retryAfter(Duration delay, ErrorCode code, String message) {
        return new ApiException(code, message, null, delay, null);
    }

    /**
     * The same about a request whose members have other names.
     *
     * @param names those, by the names of a chat completion
     */
    public ApiException renamed(Map<String, String> names) {
        String name = param == null ? null : names.get(param);
        if (param == null || name == null) {
            return this;
        }
        String message = getMessage().startsWith(param) ? name + getMessage().substring(param.length()) : getMessage();
        return new ApiException(code, message, name, retryAfter, getCause());
    }

    /** The message of a constructor is never null; {@link Throwable} just doesn't know. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
