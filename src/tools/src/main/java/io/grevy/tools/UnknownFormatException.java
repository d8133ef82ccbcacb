package io.grevy.tools;

import java.io.Serial;

/** A format's name which is not known; the message lists those that are. */
public final class UnknownFormatException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownFormatException(String message) {
        super(message);
    }
}
