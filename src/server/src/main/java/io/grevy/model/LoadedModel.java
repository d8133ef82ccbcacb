package io.grevy.model;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.Recorder;
import io.grevy.inference.Usage;
import io.grevy.repository.ModelDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** The root bean of a loaded model: all its other beans are made with it. */
@ModelComponent
final class LoadedModel implements ServedModel {

    private final ModelDefinition definition;
    private final Engine engine;
    private final Admission admission;
    private final Recorder recorder;
    private final Instant availableSince = Instant.now();

    @Inject
    LoadedModel(ModelDefinition definition, Engine engine, Admission admission, Recorder recorder) {
        this.definition = definition;
        this.engine = engine;
        this.admission = admission;
        this.recorder = recorder;
        recorder.watch(admission::running, admission::waiting);
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public Instant availableSince() {
        return availableSince;
    }

    @Override
    public Place admit() throws QueueFullException, ModelUnavailableException {
        try {
            admission.admit();
        } catch (QueueFullException e) {
            recorder.ended(Recorder.Outcome.REJECTED, new Usage(0, 0), Duration.ZERO);
            throw e;
        }
        return new AdmittedPlace(admission, engine, recorder);
    }

    EngineCondition condition() {
        return engine.condition();
    }

    /** Turns new requests away and waits for those that run; false if some still do. */
    boolean drain(Duration patience) throws InterruptedException {
        return admission.drain(patience);
    }

    /** Ends what still runs; the scope's end frees the rest. */
    void end() {
        engine.close();
    }
}
