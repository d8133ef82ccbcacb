package io.grevy.engine;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Recorder;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.Structure;
import io.grevy.openvino.EngineException;
import io.grevy.openvino.Finish;
import io.grevy.openvino.SequentialPipeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** One request at a time, in the order of arrival; a step is a whole generation, or the rest of it after a cancel. */
final class SequentialLoop implements GenerationLoop, LoopThread.Work {

    private static final float[] NO_LOG_PROBS = {};

    private final SequentialPipeline pipeline;
    private final Recorder recorder;
    private final Duration stuckAfter;
    private final GrammarThread grammars;
    private final LoopThread thread;

    /** Touched on the loop's thread only. */
    private final Queue<Job> jobs = new ArrayDeque<>();

    private volatile boolean generating;
    private volatile boolean closing;
    private volatile long lastTokenNanos;

    SequentialLoop(String model, SequentialPipeline pipeline, Recorder recorder, Duration stuckAfter) {
        this.pipeline = pipeline;
        this.recorder = recorder;
        this.stuckAfter = stuckAfter;
        this.grammars = new GrammarThread(model);
        // A whole generation is one step here, so being stuck is measured between tokens, by condition().
        this.thread = new LoopThread("grevy-loop-" + model, Duration.ofNanos(Long.MAX_VALUE), this);
        thread.start();
    }

    @Override
    public void prepare(InferenceRequest request, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException {
        if (request.choices().beams()) {
            throw unsupported("use_beam_search");
        }
        if (request.choices().candidates() > request.choices().count()) {
            throw unsupported("best_of");
        }
        if (request.rendering().logProbs()) {
            throw unsupported("logprobs");
        }
        Optional<Structure> structure = request.structure();
        if (structure.isPresent()) {
            grammars.compile(structure.get(), () -> pipeline.compile(options));
        }
    }

    private static RefusedRequestException unsupported(String field) {
        return new RefusedRequestException(
                RefusedRequestException.Reason.NOT_SUPPORTED,
                field,
                field + " is not supported by this model, which runs without continuous batching.");
    }

    @Override
    public Runnable submit(TokenSink sink, Range choices, ComposedPrompt prompt, Map<String, Object> options)
            throws EngineUnavailableException {
        Job job = new Job(sink, choices.first(), prompt, options);
        thread.post(() -> jobs.add(job));
        return () -> job.cancelled = true;
    }

    @Override
    public EngineCondition condition() {
        boolean stuck = generating && System.nanoTime() - lastTokenNanos > stuckAfter.toNanos();
        return stuck ? EngineCondition.STUCK : thread.condition();
    }

    @Override
    public void close() {
        closing = true;
        grammars.end();
        thread.close();
    }

    @Override
    public boolean pending() {
        return !jobs.isEmpty();
    }

    @Override
    public void step() {
        Job job = jobs.element();
        if (job.cancelled) {
            job.sink.ended(job.choice, Finish.CANCELLED, 0);
        } else {
            recorder.stepped(1, 0);
            lastTokenNanos = System.nanoTime();
            generating = true;
            try {
                generate(job);
            } finally {
                generating = false;
            }
        }
        jobs.remove();
    }

    private void generate(Job job) {
        try {
            ComposedPrompt prompt = job.prompt;
            SequentialPipeline.Result result =
                    pipeline.generate(prompt.text(), prompt.pictures(), prompt.videos(), job.options, tokens -> {
                        lastTokenNanos = System.nanoTime();
                        job.sink.gained(job.choice, tokens, NO_LOG_PROBS);
                        return !job.cancelled && !closing;
                    });
            if (closing) {
                job.sink.failed("The model is being unloaded.");
            } else {
                job.sink.ended(job.choice, result.finish(), result.promptTokens());
            }
        } catch (EngineException e) {
            // This pipeline keeps nothing between requests, so the next one may well succeed.
            job.sink.failed(EngineMessages.lastLine(e));
        } catch (RuntimeException e) {
            // Refused before it reached the engine: an empty prompt, say.
            job.sink.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void idle() {
        recorder.stepped(0, 0);
    }

    @Override
    public void ended(String reason) {
        jobs.forEach(job -> job.sink.failed(reason));
        jobs.clear();
        // Here, while this thread lives: see TokenizerThread.
        pipeline.close();
    }

    private static final class Job {
        private final TokenSink sink;
        private final int choice;
        private final ComposedPrompt prompt;
        private final Map<String, Object> options;
        private volatile boolean cancelled;

        Job(TokenSink sink, int choice, ComposedPrompt prompt, Map<String, Object> options) {
            this.sink = sink;
            this.choice = choice;
            this.prompt = prompt;
            this.options = options;
        }
    }
}
