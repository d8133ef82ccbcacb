package io.grevy.model;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.Recorder;
import io.grevy.inference.Usage;
import io.grevy.repository.ModelDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** The root bean of a loaded model: all its other beans are made with it. Thread-safe. */
@ModelComponent
final class LoadedModel {

    private final ModelDefinition definition;
    private final Engine engine;
    private final ModelTokenizer tokenizer;
    private final Admission admission;
    private final Recorder recorder;
    private final Instant availableSince = Instant.now();

    @Inject
    LoadedModel(
            ModelDefinition definition,
            Engine engine,
            ModelTokenizer tokenizer,
            Admission admission,
            Recorder recorder) {
        this.definition = definition;
        this.engine = engine;
        this.tokenizer = tokenizer;
        this.admission = admission;
        this.recorder = recorder;
        recorder.watch(admission::running, admission::waiting);
    }

    String name() {
        return definition.name();
    }

    int version() {
        return definition.version();
    }

    Instant availableSince() {
        return availableSince;
    }

    /**
     * A place for one request, at once: running if there is room, else waiting.
     *
     * @param arrivalNanos when the request came, by {@link System#nanoTime}
     * @throws ModelUnavailableException if it takes no new requests any more
     */
    Place admit(Asker asker, long arrivalNanos) throws QueueFullException, ModelUnavailableException {
        try {
            Ticket ticket = admission.admit(asker);
            return new AdmittedPlace(admission, ticket, engine, tokenizer, new RequestRecord(recorder, arrivalNanos));
        } catch (QueueFullException e) {
            recorder.ended(Recorder.Outcome.REJECTED, new Usage(0, 0), Duration.ZERO);
            throw e;
        }
    }

    /** How many requests it holds at most, running and waiting. */
    int places() {
        return admission.places();
    }

    EngineCondition condition() {
        return engine.condition();
    }

    /** Turns new requests away; all that were admitted go on. */
    void refuseNew() {
        admission.refuseNew();
    }

    /** Waits until no request is left; false if some still are. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        return admission.awaitEmpty(patience);
    }

    /** Turns new requests away, and those that wait, and waits for those that run; false if some still do. */
    boolean drain(Duration patience) throws InterruptedException {
        return admission.drain(patience);
    }

    /** Turns all requests away if there was none for so long; says whether that is so. */
    boolean closeIfUnused(Duration patience) {
        return admission.closeIfUnused(patience);
    }

    /** Ends what still runs; the scope's end frees the rest. */
    void end() {
        engine.close();
    }
}
