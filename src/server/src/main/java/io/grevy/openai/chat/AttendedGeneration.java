package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A generation that goes on only while its client is there. Used by one thread. */
final class AttendedGeneration implements Generation {

    private final Generation generation;
    private final BooleanSupplier clientIsThere;
    private long askedNanos = System.nanoTime();

    AttendedGeneration(Generation generation, BooleanSupplier clientIsThere) {
        this.generation = generation;
        this.clientIsThere = clientIsThere;
    }

    /** @throws ClientGoneException if the client has gone */
    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            requireClient();
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

    private void requireClient() {
        long now = System.nanoTime();
        if (now - askedNanos >= ConnectionTable.MAX_AGE.toNanos()) {
            askedNanos = now;
            if (!clientIsThere.getAsBoolean()) {
                throw new ClientGoneException();
            }
        }
    }
}
