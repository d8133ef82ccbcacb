package io.grevy.engine;

import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Stopping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token from the loop's side of a generation to its reader's: on one thread, and from one thread to another and back. */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class Handover {

    private static final long[] TOKEN = {0};
    private static final float[] NO_LOG_PROBS = {};
    private static final byte[][] VOCABULARY = {" word".getBytes(StandardCharsets.UTF_8)};
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private TokenGeneration there;
    private TokenGeneration back;

    @Setup
    public void prepare() {
        there = generation();
        back = generation();
    }

    private static TokenGeneration generation() {
        Detokenizer.Factory factory = new Detokenizer.Factory() {
            @Override
            public Detokenizer create() {
                return new VocabularyDetokenizer(VOCABULARY);
            }

            @Override
            public byte[] bytes(long token) {
                return VOCABULARY[0];
            }
        };
        return new TokenGeneration(factory, Stopping.unspecified(), 1, false, choice -> {}, () -> {});
    }

    @Benchmark
    @Group("sameThread")
    @GroupThreads(1)
    public Optional<GenerationEvent> sameThread() throws InterruptedException {
        there.gained(0, TOKEN, NO_LOG_PROBS);
        return there.next(PATIENCE);
    }

    @Benchmark
    @Group("twoThreads")
    @GroupThreads(1)
    public Optional<GenerationEvent> thereAndBack() throws InterruptedException {
        there.gained(0, TOKEN, NO_LOG_PROBS);
        return back.next(PATIENCE);
    }

    @Benchmark
    @Group("twoThreads")
    @GroupThreads(1)
    public void answer() throws InterruptedException {
        if (there.next(PATIENCE).isPresent()) {
            back.gained(0, TOKEN, NO_LOG_PROBS);
        }
    }
}
