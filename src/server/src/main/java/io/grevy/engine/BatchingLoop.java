package io.grevy.engine;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Recorder;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.Structure;
import io.grevy.openvino.BatchingPipeline;
import io.grevy.openvino.EngineException;
import io.grevy.openvino.Finish;
import io.grevy.openvino.StepOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Continuous batching: every step moves all running requests on by one token, with one native call that returns what
 * all of them gained.
 *
 * <p>Requests are added on the loop's thread too. With prefix caching the engine's block table has no lock between
 * adding and stepping; the price is that other requests wait while a picture is being encoded.
 */
final class BatchingLoop implements GenerationLoop, LoopThread.Work {

    private static final long CACHE_READ_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BatchingPipeline pipeline;
    private final Recorder recorder;
    private final GrammarThread grammars;
    private final LoopThread thread;

    /** Who waits for the tokens of a native request. Touched on the loop's thread only. */
    private final Map<Long, Member> members = new HashMap<>();

    private double cacheUsage;
    private long cacheReadNanos;

    BatchingLoop(String model, BatchingPipeline pipeline, Recorder recorder, Duration stuckAfter) {
        this.pipeline = pipeline;
        this.recorder = recorder;
        this.grammars = new GrammarThread(model);
        this.thread = new LoopThread("grevy-loop-" + model, stuckAfter, this);
        this.cacheReadNanos = System.nanoTime() - CACHE_READ_INTERVAL_NANOS;
        thread.start();
    }

    @Override
    public void prepare(InferenceRequest request, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException {
        Optional<Structure> structure = request.structure();
        if (structure.isPresent()) {
            grammars.compile(structure.get(), () -> pipeline.compile(options));
        }
    }

    @Override
    public Runnable submit(TokenSink sink, Range choices, ComposedPrompt prompt, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException {
        try {
            long request = thread.call(() -> add(new Member(sink, choices), prompt, options));
            return () -> cancel(request);
        } catch (EngineException e) {
            throw new RefusedRequestException(RefusedRequestException.Reason.ENGINE, EngineMessages.lastLine(e));
        }
    }

    @Override
    public EngineCondition condition() {
        return thread.condition();
    }

    @Override
    public void close() {
        grammars.end();
        thread.close();
    }

    @Override
    public boolean pending() {
        return !members.isEmpty();
    }

    @Override
    public void step() {
        int batch = members.size();
        List<StepOutput> outputs = pipeline.step();
        for (StepOutput output : outputs) {
            Member member = members.get(output.request());
            if (member != null) {
                member.take(output);
            }
        }
        outputs.forEach(output -> output.finish().ifPresent(finish -> {
            Member member = members.remove(output.request());
            if (member != null) {
                member.end(finish, output.promptTokens());
            }
        }));
        recorder.stepped(batch, cacheUsage());
    }

    @Override
    public void idle() {
        pipeline.finishIdle();
        recorder.stepped(0, 0);
    }

    @Override
    public void ended(String reason) {
        members.values().forEach(member -> member.sink.failed(reason));
        members.clear();
        // Here, while this thread lives: see TokenizerThread.
        pipeline.close();
    }

    private long add(Member member, ComposedPrompt prompt, Map<String, Object> options) {
        long start = System.nanoTime();
        long request = prompt.tokens().isPresent()
                ? pipeline.add(prompt.tokens().get(), options)
                : pipeline.add(prompt.text(), prompt.pictures(), options);
        members.put(request, member);
        if (!prompt.pictures().isEmpty()) {
            recorder.picturesEncoded(Duration.ofNanos(System.nanoTime() - start));
        }
        return request;
    }

    private void cancel(long request) {
        try {
            thread.post(() -> {
                if (members.containsKey(request)) {
                    pipeline.cancel(request);
                }
            });
        } catch (EngineUnavailableException e) {
            // The loop has ended, and with it every request.
        }
    }

    private double cacheUsage() {
        long now = System.nanoTime();
        if (now - cacheReadNanos >= CACHE_READ_INTERVAL_NANOS) {
            cacheReadNanos = now;
            cacheUsage = pipeline.metrics().cacheUsagePercent() / 100;
        }
        return cacheUsage;
    }

    /** One request, and what it answers: a choice, or several beams, the best first. */
    private record Member(TokenSink sink, Range choices, List<Finish> finishes) {

        Member(TokenSink sink, Range choices) {
            this(sink, choices, new ArrayList<>());
        }

        void take(StepOutput output) {
            if (output.rank() < choices.count()) {
                if (output.tokens().length > 0) {
                    sink.gained(choices.first() + output.rank(), output.tokens(), output.logProbs());
                }
                output.finish().ifPresent(finishes::add);
            }
        }

        /** All of them have ended, or were ended together. */
        void end(Finish finish, int promptTokens) {
            for (int i = 0; i < choices.count(); i++) {
                sink.ended(choices.first() + i, i < finishes.size() ? finishes.get(i) : finish, promptTokens);
            }
        }
    }
}
