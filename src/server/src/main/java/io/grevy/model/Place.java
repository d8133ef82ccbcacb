package io.grevy.model;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import java.time.Duration;

/**
 * One request's place at a model, from admission until its answer is complete. Used by one thread at a time; closing
 * gives it back, ends a generation that still runs, and is harmless when repeated.
 */
public interface Place extends AutoCloseable {

    /**
     * Waits until this request may run, at most so long; returns at once when it already may.
     *
     * @return whether it may
     */
    boolean awaitTurn(Duration patience) throws InterruptedException, ModelUnavailableException;

    /** Says that the request itself is at fault, where that shows before {@link #start}: for the statistics. */
    void refuse();

    /** Says that the client went away before {@link #start}: for the statistics. */
    void abandon();

    /** Starts the one generation of this place, after its turn has come. */
    Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException;

    @Override
    void close();
}
