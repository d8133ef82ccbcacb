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
import io.grevy.openvino.PictureEncoder;
import io.grevy.openvino.StepOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Continuous batching: every step moves all running requests on by one token, or by several where they are guessed,
 * with one native call that returns what all of them gained.
 *
 * <p>Requests are added on the loop's thread too: with prefix caching the engine's block table has no lock between adding
 * and stepping. Before it, their pictures are encoded beside the loop, where the model is one that this was tried with;
 * else, and where there are videos, the engine encodes while a request is added, and other requests wait.
 */
final class BatchingLoop implements GenerationLoop, LoopThread.Work {

    private static final long CACHE_READ_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BatchingPipeline pipeline;
    private final Optional<PictureEncodings> encodings;
    private final Recorder recorder;
    private final Duration stuckAfter;
    private final GrammarThread grammars;
    private final LoopThread thread;

    // These are touched on the loop's thread only.

    /** Who waits for the tokens of a native request. */
    private final Map<Long, LoopMember> members = new HashMap<>();

    /** Those whose pictures are being encoded. */
    private final Set<LoopMember> encoding = new HashSet<>();

    /** Those that do not fit among the members yet; none while there are no members. */
    private final Queue<LoopMember> waiting = new ArrayDeque<>();

    private final SpeculationRoom room;
    private double cacheUsage;
    private long cacheReadNanos;

    /** @param encodings where the pipeline's pictures are encoded beside it; ended with this loop */
    BatchingLoop(
            String model,
            BatchingPipeline pipeline,
            Optional<PictureEncodings> encodings,
            SpeculationRoom room,
            Recorder recorder,
            Duration stuckAfter) {
        this.pipeline = pipeline;
        this.encodings = encodings;
        this.room = room;
        this.recorder = recorder;
        this.stuckAfter = stuckAfter;
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
        LoopMember member = new LoopMember(sink, choices, prompt, options, room.need(options), claim(prompt));
        boolean submitted = false;
        try {
            Runnable cancel =
                    member.claim().map(PictureClaim::complete).orElse(true) ? enterNow(member) : enterLater(member);
            submitted = true;
            return cancel;
        } finally {
            if (!submitted) {
                member.release();
            }
        }
    }

    private Optional<PictureClaim> claim(ComposedPrompt prompt) throws EngineUnavailableException {
        if (encodings.isEmpty()
                || prompt.pictures().isEmpty()
                || !prompt.videos().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(encodings.get().claim(prompt));
        } catch (RejectedExecutionException e) {
            throw new EngineUnavailableException("The model is being unloaded.", e);
        }
    }

    private Runnable enterNow(LoopMember member) throws RefusedRequestException, EngineUnavailableException {
        try {
            return thread.call(() -> {
                enter(member);
                return () -> cancel(member);
            });
        } catch (EngineException e) {
            throw new RefusedRequestException(RefusedRequestException.Reason.ENGINE, EngineMessages.lastLine(e));
        }
    }

    private Runnable enterLater(LoopMember member) throws EngineUnavailableException {
        thread.post(() -> encoding.add(member));
        member.claim().orElseThrow().whenReady(() -> {
            try {
                thread.post(() -> enterEncoded(member));
            } catch (EngineUnavailableException e) {
                // The loop has ended, and with it every request.
            }
        });
        return () -> cancel(member);
    }

    @Override
    public EngineCondition condition() {
        boolean stuck = encodings.isPresent() && encodings.get().stuck(stuckAfter);
        EngineCondition condition = thread.condition();
        return stuck && condition == EngineCondition.WELL ? EngineCondition.STUCK : condition;
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
            LoopMember member = members.get(output.request());
            if (member != null) {
                member.take(output);
            }
        }
        outputs.forEach(output -> output.finish().ifPresent(finish -> {
            LoopMember member = members.remove(output.request());
            if (member != null) {
                room.giveBack(member.need());
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
        for (Collection<LoopMember> all : List.of(members.values(), waiting, encoding)) {
            all.forEach(member -> {
                member.sink().failed(reason);
                member.release();
            });
            all.clear();
        }
        encodings.ifPresent(PictureEncodings::close);
        // Here, while this thread lives: see TokenizerThread.
        pipeline.close();
        encodings.ifPresent(PictureEncodings::end);
    }

    private void enterEncoded(LoopMember member) {
        if (!encoding.remove(member)) {
            return; // cancelled meanwhile
        }
        try {
            enter(member);
        } catch (EngineException e) {
            member.sink().refused(EngineMessages.lastLine(e));
        } catch (RuntimeException e) {
            member.sink().failed("A picture could not be encoded.");
        }
    }

    private void enter(LoopMember member) {
        if (waiting.isEmpty() && room.has(member.need())) {
            add(member);
        } else {
            waiting.add(member);
        }
    }

    private void letWaitingIn() {
        for (LoopMember next; (next = waiting.peek()) != null && room.has(next.need()); ) {
            waiting.remove();
            try {
                add(next);
            } catch (EngineException e) {
                next.sink().failed(EngineMessages.lastLine(e));
            }
        }
    }

    private void add(LoopMember member) {
        try {
            member.added(addToPipeline(member));
        } finally {
            member.release();
        }
        members.put(member.request(), member);
        room.take(member.need());
    }

    private long addToPipeline(LoopMember member) {
        ComposedPrompt prompt = member.prompt();
        if (prompt.tokens().isPresent()) {
            return pipeline.add(prompt.tokens().get(), member.options());
        }
        if (member.claim().isPresent()) {
            PictureEncoder encoder = encodings.orElseThrow().encoder();
            return encoder.add(prompt.text(), member.claim().get().pictures(), member.options());
        }
        long start = System.nanoTime();
        long request = pipeline.add(prompt.text(), prompt.pictures(), prompt.videos(), member.options());
        if (prompt.visual()) {
            recorder.picturesEncoded(Duration.ofNanos(System.nanoTime() - start));
        }
        return request;
    }

    private void cancel(LoopMember member) {
        try {
            thread.post(() -> {
                if (waiting.remove(member) || encoding.remove(member)) {
                    member.release();
                    member.end(Finish.CANCELLED, 0);
                } else if (members.containsKey(member.request())) {
                    pipeline.cancel(member.request());
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
}
