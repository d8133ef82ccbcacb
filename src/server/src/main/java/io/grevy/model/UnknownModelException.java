package io.grevy.model;

/** No model of this name is served. */
public final class UnknownModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnknownModelException(String message) {
        super(message);
    }
}
