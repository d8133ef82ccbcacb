package io.grevy.model;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Recorder;
import io.grevy.inference.Recorder.Outcome;
import io.grevy.inference.RefusedRequestException;
import org.jspecify.annotations.Nullable;

/** A place, and what its request came to. Used by one thread at a time. */
final class AdmittedPlace implements Place {

    private final Admission admission;
    private final Engine engine;
    private final RequestRecord record;

    private boolean running;
    private boolean closed;
    private @Nullable Generation generation;

    AdmittedPlace(Admission admission, Engine engine, Recorder recorder) {
        this.admission = admission;
        this.engine = engine;
        this.record = new RequestRecord(recorder);
    }

    @Override
    public void awaitTurn() throws InterruptedException, ModelUnavailableException {
        if (!running) {
            try {
                admission.awaitTurn();
            } catch (ModelUnavailableException e) {
                record.outcome(Outcome.FAILED);
                throw e;
            }
            running = true;
        }
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
        } catch (EngineUnavailableException | RuntimeException e) {
            record.outcome(Outcome.FAILED);
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
            record.end();
            if (running) {
                admission.giveBackTurn();
            }
            admission.giveBackPlace();
        }
    }
}
