package io.grevy.model;

/** The model is served, but takes no requests now: it loads, failed to load, or is being unloaded. */
public final class ModelUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelUnavailableException(String message) {
        super(message);
    }
}
