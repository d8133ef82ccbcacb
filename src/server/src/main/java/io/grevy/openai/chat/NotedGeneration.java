package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.security.Visit;
import java.time.Duration;
import java.util.Optional;

/** Shows a generation's events to its request's visit. */
record NotedGeneration(Generation generation, Visit visit) implements Generation {

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        Optional<GenerationEvent> event = generation.next(patience);
        event.ifPresent(visit::saw);
        return event;
    }

    @Override
    public void close() {
        generation.close();
    }
}
