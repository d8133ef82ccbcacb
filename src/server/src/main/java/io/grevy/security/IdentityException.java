package io.grevy.security;

/** Nobody knows who asks, or whoever asks may not. The message is for the client. */
public final class IdentityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    IdentityException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong. */
    public enum Reason {
        /** The request brings no key. */
        MISSING,
        /** It is nobody's key, or was. */
        INVALID,
        /** Its owner may not do this. */
        FORBIDDEN
    }
}
