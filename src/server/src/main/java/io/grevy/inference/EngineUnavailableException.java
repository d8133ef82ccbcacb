package io.grevy.inference;

import org.jspecify.annotations.Nullable;

/** The engine takes no requests: it is closing, or it has failed. */
public final class EngineUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public EngineUnavailableException(String message) {
        this(message, null);
    }

    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
