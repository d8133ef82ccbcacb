package io.grevy.bench.streams;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream of a {@link SteadyEngine}: its clock emits, another thread reads. */
final class SteadyGeneration implements Generation {

    private final BlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();
    private final int tokens;
    private volatile Runnable end = () -> {};
    private int emitted;

    SteadyGeneration(int tokens) {
        this.tokens = tokens;
    }

    /** @param end ends the emitting; harmless when called again */
    void onEnd(Runnable end) {
        this.end = end;
    }

    /** Called by the clock's thread. */
    void emit() {
        if (emitted == tokens) {
            return;
        }
        emitted++;
        events.add(new GenerationEvent.Text(0, System.nanoTime() + " ", 1));
        if (emitted == tokens) {
            events.add(new GenerationEvent.ChoiceEnded(0, FinishReason.LENGTH));
            events.add(new GenerationEvent.Finished(new Usage(1, tokens)));
            end.run();
        }
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(events.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        end.run();
        events.add(new GenerationEvent.Failed(GenerationEvent.Cause.CANCELLED, "The generation was cancelled."));
    }
}
