package io.grevy.openvino;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One step of so many requests, on a model of two small layers: nearly all of it is the engine's own work around the
 * forward pass, and the one native call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class Stepping {

    private static final int CONTEXT = 8192;

    @Param({"1", "4", "16", "64"})
    public int requests;

    private final List<Long> running = new ArrayList<>();
    private BatchingPipeline pipeline;
    private int left;

    @Setup
    public void open() {
        Path model = Path.of(System.getProperty("repository.root"), "models/fixtures/qwen2");
        SchedulerSettings scheduler = SchedulerSettings.defaults();
        pipeline = BatchingPipeline.open(model, "CPU", scheduler, Map.of("CPU_RUNTIME_CACHE_CAPACITY", 0));
    }

    /** A request ends with its context; before that, others take their places. */
    @Setup(Level.Iteration)
    public void fill() {
        running.forEach(pipeline::cancel);
        running.clear();
        while (pipeline.hasUnfinished()) {
            pipeline.step();
        }
        left = CONTEXT / 2;
        for (int i = 0; i < requests; i++) {
            running.add(pipeline.add(
                    new long[] {10 + i, 20, 30}, Map.of("max_new_tokens", CONTEXT - 8, "ignore_eos", true)));
        }
    }

    @Benchmark
    public Object step() {
        if (--left == 0) {
            fill();
        }
        return pipeline.step();
    }

    @TearDown
    public void close() {
        pipeline.close();
    }
}
