package io.grevy.model;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.Recorder;
import io.grevy.inference.Usage;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelFacts;
import io.grevy.repository.PipelineType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** An engine that generates nothing, and what else a loaded model is made of. */
final class ScriptedEngine implements Engine, ModelTokenizer {

    private final int capacity;
    volatile EngineCondition condition = EngineCondition.WELL;
    volatile boolean closed;

    ScriptedEngine(int capacity) {
        this.capacity = capacity;
    }

    static ModelDefinition definition(String name) {
        return new ModelDefinition(
                name,
                Path.of("/models", name),
                PipelineType.LM_CB,
                ExecutionSettings.defaults(),
                new ModelFacts("qwen2", false, OptionalInt.empty()),
                1);
    }

    LoadedModel model(ModelDefinition definition, int maxWaiting) {
        return new LoadedModel(definition, this, this, new Admission(capacity, maxWaiting), new NoRecorder());
    }

    @Override
    public Generation start(InferenceRequest request) {
        throw new UnsupportedOperationException("it generates nothing");
    }

    @Override
    public int[] encode(String text, boolean addSpecialTokens) {
        return text.chars().toArray();
    }

    @Override
    public String decode(int[] tokens, boolean skipSpecialTokens) {
        return new String(tokens, 0, tokens.length);
    }

    @Override
    public int vocabularySize() {
        return Character.MAX_VALUE;
    }

    @Override
    public OptionalInt paddingToken() {
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.empty();
    }

    @Override
    public EngineCondition condition() {
        return condition;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class NoRecorder implements Recorder {
        @Override
        public void watch(IntSupplier running, IntSupplier waiting) {}

        @Override
        public void stepped(int requests, double cacheUsage) {}

        @Override
        public void picturesEncoded(Duration time) {}

        @Override
        public void firstToken(Duration sinceArrival) {}

        @Override
        public void laterToken(Duration sinceLast) {}

        @Override
        public void ended(Outcome outcome, Usage usage, Duration sinceArrival) {}
    }
}
