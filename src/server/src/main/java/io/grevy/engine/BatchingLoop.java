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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Continuous batching: every step moves all running requests on by one token, or by several where they are guessed,
 * with one native call that returns what all of them gained.
 *
 * <p>Requests are added on the loop's thread too. With prefix caching the engine's block table has no lock between
 * adding and stepping; the price is that other requests wait while a picture or a video is being encoded.
 */
final class BatchingLoop implements GenerationLoop, LoopThread.Work {

    private static final long CACHE_READ_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BatchingPipeline pipeline;
    private final Recorder recorder;
    private final GrammarThread grammars;
    private final LoopThread thread;

    // These are touched on the loop's thread only.

    /** Who waits for the tokens of a native request. */
    private final Map<Long, Member> members = new HashMap<>();

    /** Those that do not fit among the members yet; none while there are no members. */
    private final Queue<Member> waiting = new ArrayDeque<>();

    private final SpeculationRoom room;
    private double cacheUsage;
    private long cacheReadNanos;

    BatchingLoop(
            String model, BatchingPipeline pipeline, SpeculationRoom room, Recorder recorder, Duration stuckAfter) {
        this.pipeline = pipeline;
        this.room = room;
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
        Member member = new Member(sink, choices, prompt, options, room.need(options));
        try {
            return thread.call(() -> {
                enter(member);
                return () -> cancel(member);
            });
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
                room.giveBack(member.need);
                member.end(finish, output.promptTokens());
            }
        }));
        recorder.stepped(batch, cacheUsage());
        letWaitingIn();
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
        waiting.forEach(member -> member.sink.failed(reason));
        waiting.clear();
        // Here, while this thread lives: see TokenizerThread.
        pipeline.close();
    }

    private void enter(Member member) {
        if (waiting.isEmpty() && room.has(member.need)) {
            add(member);
        } else {
            waiting.add(member);
        }
    }

    private void letWaitingIn() {
        for (Member next; (next = waiting.peek()) != null && room.has(next.need); ) {
            waiting.remove();
            try {
                add(next);
            } catch (EngineException e) {
                next.sink.failed(EngineMessages.lastLine(e));
            }
        }
    }

    private void add(Member member) {
        long start = System.nanoTime();
        ComposedPrompt prompt = member.prompt;
        member.request = prompt.tokens().isPresent()
                ? pipeline.add(prompt.tokens().get(), member.options)
                : pipeline.add(prompt.text(), prompt.pictures(), prompt.videos(), member.options);
        members.put(member.request, member);
        room.take(member.need);
        if (prompt.visual()) {
            recorder.picturesEncoded(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void cancel(Member member) {
        try {
            thread.post(() -> {
                if (waiting.remove(member)) {
                    member.end(Finish.CANCELLED, 0);
                } else if (members.containsKey(member.request)) {
                    pipeline.cancel(member.request);
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
    private static final class Member {
        private final TokenSink sink;
        private final Range choices;
        private final ComposedPrompt prompt;
        private final Map<String, Object> options;
        private final int need;
        private final List<Finish> finishes = new ArrayList<>();
        private long request = -1;

        Member(TokenSink sink, Range choices, ComposedPrompt prompt, Map<String, Object> options, int need) {
            this.sink = sink;
            this.choices = choices;
            this.prompt = prompt;
            this.options = options;
            this.need = need;
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
