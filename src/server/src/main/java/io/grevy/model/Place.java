package io.grevy.model;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RefusedRequestException;
import java.time.Duration;
import java.util.Optional;

/**
 * One request's place at a model, from admission until its answer is complete. Used by one thread at a time; closing
 * gives it back, ends a generation that still runs, and is harmless when repeated.
 */
public interface Place extends AutoCloseable {

    /**
     * Waits until this request may run, at most so long; returns at once when it already may.
     *
     * @return whether it may
     * @throws QueueFullException if it had to make room for another tenant's
     */
    boolean awaitTurn(Duration patience) throws InterruptedException, QueueFullException, ModelUnavailableException;

    /**
     * The model's tokenizer, as soon as the model is there; it needs no turn. It is to be used only until this is closed.
     *
     * @return empty if the model was not there in time
     */
    Optional<ModelTokenizer> tokenizer(Duration patience) throws InterruptedException, ModelUnavailableException;

    /** Says that no generation is wanted, so that the statistics leave this out; for a model that is there. */
    void leaveUncounted();

    /** Says that the request itself is at fault, where that shows before {@link #start}: for the statistics. */
    void refuse();

    /** Says that the client went away before {@link #start}: for the statistics. */
    void abandon();

    /** Starts the one generation of this place, after its turn has come. */
    Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException;

    @Override
    void close();
}
