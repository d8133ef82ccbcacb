package io.grevy.security;

import java.time.Duration;

/** A tenant has used what it may. The message is for the client. */
public final class QuotaExceededException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    QuotaExceededException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When there will be room again, at least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
