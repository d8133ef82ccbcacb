package io.grevy.openai.chat;

import io.grevy.inference.GenerationEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One token's event of a stream, as bytes; where they go costs nothing here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class EventWriting {

    private final GenerationEvent.Text token = new GenerationEvent.Text(0, " circle", 1);
    private EventStream stream;

    @Setup
    public void prepare() throws IOException {
        AnswerHead head = new AnswerHead("chatcmpl-bb67617fafc04571928cf45a1ef75a0e", 1795419912, "grevy/demo", "fp_1");
        stream = new EventStream(head, new AnswerForm(true, true, false), OutputStream.nullOutputStream());
    }

    @Benchmark
    public void token() throws IOException {
        stream.text(token);
    }
}
