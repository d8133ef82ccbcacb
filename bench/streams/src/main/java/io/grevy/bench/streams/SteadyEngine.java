package io.grevy.bench.streams;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Emits a token every 50 ms for each request, from the moment at which that began: 20 a second, as fast as people read
 * and more. A token is the time at which it was emitted, by {@link System#nanoTime}. Thread-safe.
 */
final class SteadyEngine implements Engine {

    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int capacity;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "steady-engine");
        thread.setDaemon(true);
        return thread;
    });

    SteadyEngine(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public Generation start(InferenceRequest request) {
        SteadyGeneration generation =
                new SteadyGeneration(request.stopping().maxTokens().orElse(Integer.MAX_VALUE));
        ScheduledFuture<?> ticks =
                clock.scheduleAtFixedRate(generation::emit, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS);
        generation.onEnd(() -> ticks.cancel(false));
        return generation;
    }

    @Override
    public EngineCondition condition() {
        return EngineCondition.WELL;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
