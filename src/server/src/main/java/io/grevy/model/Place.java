package io.grevy.model;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;

/**
 * One request's place at a model, from admission until its answer is complete. Used by one thread at a time; closing
 * gives it back, ends a generation that still runs, and is harmless when repeated.
 */
public interface Place extends AutoCloseable {

    /** Waits until this request may run. Returns at once when it already may. */
    void awaitTurn() throws InterruptedException, ModelUnavailableException;

    /** Starts the one generation of this place, after {@link #awaitTurn()}. */
    Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException;

    @Override
    void close();
}
