package io.grevy.model;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import java.time.Duration;
import java.util.Optional;

/** Shows a generation's events to its request's record. */
final class RecordedGeneration implements Generation {

    private final Generation generation;
    private final RequestRecord record;

    RecordedGeneration(Generation generation, RequestRecord record) {
        this.generation = generation;
        this.record = record;
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        Optional<GenerationEvent> event = generation.next(patience);
        event.ifPresent(record::saw);
        return event;
    }

    @Override
    public void close() {
        generation.close();
    }
}
