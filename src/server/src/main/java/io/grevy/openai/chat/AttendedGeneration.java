package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import java.time.Duration;
import java.util.Optional;

/** A generation that goes on only while its client is there. Used by one thread. */
final class AttendedGeneration implements Generation {

    private final Generation generation;
    private final Runnable requireClient;
    private long askedNanos = System.nanoTime();

    /** @param requireClient throws {@link ClientGoneException} if the client has gone */
    AttendedGeneration(Generation generation, Runnable requireClient) {
        this.generation = generation;
        this.requireClient = requireClient;
    }

    /** @throws ClientGoneException if the client has gone */
    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            attend();
            long left = Math.max(0, deadline - System.nanoTime());
            long slice = Math.min(left, ConnectionTable.MAX_AGE.toNanos());
            Optional<GenerationEvent> event = generation.next(Duration.ofNanos(slice));
            if (event.isPresent() || slice == left) {
                return event;
            }
        }
    }

    @Override
    public void close() {
        generation.close();
    }

    private void attend() {
        long now = System.nanoTime();
        if (now - askedNanos >= ConnectionTable.MAX_AGE.toNanos()) {
            askedNanos = now;
            requireClient.run();
        }
    }
}
