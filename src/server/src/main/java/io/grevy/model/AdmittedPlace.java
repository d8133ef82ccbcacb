package io.grevy.model;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.Recorder.Outcome;
import io.grevy.inference.RefusedRequestException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place, and what its request came to. Used by one thread at a time. */
final class AdmittedPlace implements Place {

    private final Admission admission;
    private final Ticket ticket;
    private final Engine engine;
    private final ModelTokenizer tokenizer;
    private final RequestRecord record;

    private boolean running;
    private boolean closed;
    private boolean counted = true;
    private @Nullable Generation generation;

    AdmittedPlace(Admission admission, Ticket ticket, Engine engine, ModelTokenizer tokenizer, RequestRecord record) {
        this.admission = admission;
        this.ticket = ticket;
        this.engine = engine;
        this.tokenizer = tokenizer;
        this.record = record;
    }

    @Override
    public boolean awaitTurn(Duration patience)
            throws InterruptedException, QueueFullException, ModelUnavailableException {
        try {
            running = running || admission.awaitTurn(ticket, patience);
            return running;
        } catch (QueueFullException e) {
            record.outcome(Outcome.REJECTED);
            throw e;
        }
    }

    @Override
    public Optional<ModelTokenizer> tokenizer(Duration patience) {
        return Optional.of(tokenizer);
    }

    @Override
    public void leaveUncounted() {
        counted = false;
    }

    @Override
    public void refuse() {
        record.outcome(Outcome.REFUSED);
    }

    @Override
    public void abandon() {
        record.outcome(Outcome.CANCELLED);
    }

    @Override
    public Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        if (!running || generation != null) {
            throw new IllegalStateException("a place starts one generation, after its turn has come");
        }
        try {
            Generation started = new RecordedGeneration(engine.start(request), record);
            generation = started;
            record.outcome(Outcome.CANCELLED);
            return started;
        } catch (RefusedRequestException e) {
            record.outcome(Outcome.REFUSED);
            throw e;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (generation != null) {
                generation.close();
            }
        } finally {
            admission.leave(ticket);
            if (counted) {
                record.end();
            }
        }
    }
}
