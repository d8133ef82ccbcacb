package io.grevy.model;

import java.util.List;

/** The models that this server was told to serve, whatever their state. Thread-safe. */
public interface Models {

    /**
     * The model of this name, ready to take a request.
     *
     * @throws UnknownModelException if no model of this name is served
     * @throws ModelUnavailableException if it is not AVAILABLE; the message says its state or its load error
     */
    ServedModel find(String name) throws UnknownModelException, ModelUnavailableException;

    /** Every model's state, in the order of the configuration. */
    List<ModelStatus> statuses();
}
