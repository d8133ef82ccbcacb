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

    /**
     * Every model's state, in the order of the configuration; then those that were removed and still unload. Of a model
     * that is being replaced all states, the one that serves first.
     */
    List<ModelStatus> statuses();

    /**
     * Whether requests may be sent here: each model that the configuration had from the start was AVAILABLE at some
     * time, at least one takes requests, and the engines of all are well. A model that came later and does not load
     * takes nothing away from the others.
     */
    boolean ready();
}
