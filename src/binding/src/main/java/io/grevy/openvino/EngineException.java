package io.grevy.openvino;

/** The engine refused or failed; the message is the native exception's own text. */
public final class EngineException extends RuntimeException {
    EngineException(String message) {
        super(message);
    }

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
