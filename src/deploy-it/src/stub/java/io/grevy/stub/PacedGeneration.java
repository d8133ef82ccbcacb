package io.grevy.stub;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import java.time.Duration;
import java.util.Optional;

/** A word every tenth of a second. */
final class PacedGeneration implements Generation {

    private static final long PACE_NANOS = 100_000_000;

    private final long begun = System.nanoTime();
    private final int tokens;
    private int given;
    private boolean ended;
    private boolean closed;

    PacedGeneration(int tokens) {
        this.tokens = tokens;
    }

    @Override
    public synchronized Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long now = System.nanoTime();
        long due = begun + (given + 1) * PACE_NANOS;
        long until = Math.min(due, now + patience.toNanos());
        while (!closed && given < tokens && now < until) {
            wait((until - now) / 1_000_000 + 1);
            now = System.nanoTime();
        }
        if (closed) {
            return Optional.of(new GenerationEvent.Failed(GenerationEvent.Cause.CANCELLED, "closed"));
        }
        if (given == tokens) {
            return Optional.of(end());
        }
        if (now < due) {
            return Optional.empty();
        }
        given++;
        return Optional.of(new GenerationEvent.Text(0, "word ", 1));
    }

    private GenerationEvent end() {
        if (ended) {
            return new GenerationEvent.Finished(new Usage(1, tokens));
        }
        ended = true;
        return new GenerationEvent.ChoiceEnded(0, FinishReason.LENGTH);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
