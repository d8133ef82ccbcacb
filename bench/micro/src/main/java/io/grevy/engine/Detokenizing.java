package io.grevy.engine;

import io.grevy.inference.Stopping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Text of one token after the other, without a native call, and the look for stop strings in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Detokenizing {

    private static final int TOKENS = 512;

    @Param({"0", "4"})
    public int stopStrings;

    private final byte[][] vocabulary = IntStream.range(0, 50_000)
            .mapToObj(id -> (" w" + id + (id % 7 == 0 ? "é" : "")).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    private final long[] tokens = new Random(0).longs(TOKENS, 0, 50_000).toArray();

    private final Detokenizer.Factory factory = new Detokenizer.Factory() {
        @Override
        public Detokenizer create() {
            return new VocabularyDetokenizer(vocabulary);
        }

        @Override
        public byte[] bytes(long token) {
            return vocabulary[(int) token];
        }
    };

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public void tokens(Blackhole consumer) {
        List<String> stops = IntStream.range(0, stopStrings)
                .mapToObj(i -> "\n\nUser " + i + ":")
                .toList();
        Stopping stopping = new Stopping(OptionalInt.empty(), 0, stops, false, Set.of(), false);
        ChoiceText text = new ChoiceText(0, factory, stopping, false, consumer::consume);
        for (long token : tokens) {
            text.add(token, 0);
        }
        text.finish();
    }
}
