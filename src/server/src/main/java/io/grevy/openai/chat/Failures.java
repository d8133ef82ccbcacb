package io.grevy.openai.chat;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.ModelLookup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What went wrong with a request, for its client and for the log. */
final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    /** What the client learns of this; what it doesn't is logged. */
    static ApiException errorOf(String requestId, Throwable e) {
        if (e instanceof ApiException api) {
            Level level = api.code() == ErrorCode.GENERATION_FAILED ? Level.ERROR : Level.DEBUG;
            LOG.log(level, "{0}: {1}: {2}", requestId, api.code(), api.getMessage());
            return api;
        }
        if (e instanceof ClientGoneException) {
            LOG.log(Level.DEBUG, "{0}: {1}", requestId, e.getMessage());
            return new ApiException(ErrorCode.INTERNAL_ERROR, String.valueOf(e.getMessage()), e);
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ModelLookup.unavailable("The server is stopping.");
        }
        LOG.log(Level.ERROR, "Request " + requestId + " failed unexpectedly", e);
        return new ApiException(ErrorCode.INTERNAL_ERROR, "The server failed.", e);
    }
}
