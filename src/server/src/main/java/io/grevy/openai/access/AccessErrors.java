package io.grevy.openai.access;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.security.IdentityException;
import io.grevy.security.QuotaExceededException;

/** Refusals of identity and of limits, for the client. */
public final class AccessErrors {

    private AccessErrors() {}

    static ApiException of(IdentityException e) {
        ErrorCode code = switch (e.reason()) {
            case MISSING -> ErrorCode.MISSING_API_KEY;
            case INVALID -> ErrorCode.INVALID_API_KEY;
            case FORBIDDEN -> ErrorCode.INSUFFICIENT_PERMISSIONS;
        };
        return new ApiException(code, String.valueOf(e.getMessage()));
    }

    public static ApiException of(QuotaExceededException e) {
        return ApiException.retryAfter(e.retryAfter(), ErrorCode.RATE_LIMIT_EXCEEDED, String.valueOf(e.getMessage()));
    }
}
