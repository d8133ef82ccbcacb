package io.grevy.engine;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.Cause;
import io.grevy.inference.Stopping;
import io.grevy.inference.Usage;
import io.grevy.openvino.Finish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A generation whose tokens come from a loop. The loop's side ({@link TokenSink}) only queues; detokenizing and
 * looking for stop strings happen on the reader's side. The queue is bounded by the token limit of its choices.
 *
 * <p>The reader's side belongs to one thread; {@link #close()} may come from any.
 */
final class TokenGeneration implements Generation, TokenSink {

    private static final GenerationEvent.Failed CANCELLED =
            new GenerationEvent.Failed(Cause.CANCELLED, "The generation was cancelled.");

    private final BlockingQueue<Gain> gains = new LinkedBlockingQueue<>();
    private final Queue<GenerationEvent> events = new ArrayDeque<>();
    private final List<ChoiceText> choices = new ArrayList<>();
    private final IntConsumer cancel;
    private final Runnable arrival;

    private int openChoices;
    private int promptTokens;
    private boolean over;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    /**
     * @param detokenizers make text of tokens
     * @param cancel ends the choice of this number in the engine; harmless for one that has ended
     * @param arrival is run when something has come that the reader has not seen; never blocks
     */
    TokenGeneration(
            Detokenizer.Factory detokenizers,
            Stopping stopping,
            int choiceCount,
            boolean logProbs,
            IntConsumer cancel,
            Runnable arrival) {
        for (int i = 0; i < choiceCount; i++) {
            choices.add(new ChoiceText(i, detokenizers, stopping, logProbs, events::add));
        }
        this.openChoices = choiceCount;
        this.cancel = cancel;
        this.arrival = arrival;
    }

    @Override
    public void gained(int choice, long[] tokens, float[] logProbs) {
        queue(new Gain.Tokens(choice, tokens, logProbs));
    }

    @Override
    public void ended(int choice, Finish finish, int promptTokens) {
        queue(new Gain.End(choice, finish, promptTokens));
    }

    @Override
    public void refused(String message) {
        gains.add(new Gain.Refused(message));
    }

    /** What is queued is not told any more: without the engine nobody can make text of it. */
    @Override
    public void failed(String message) {
        failure = message;
        queue(Gain.NOTHING);
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (events.isEmpty()) {
            if (over) {
                throw new IllegalStateException("the generation has ended");
            }
            Gain gain = gains.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (gain == null) {
                return Optional.empty();
            }
            apply(gain);
        }
        return Optional.of(events.remove());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        IntStream.range(0, choices.size()).forEach(cancel);
        queue(Gain.CLOSED);
    }

    private void queue(Gain gain) {
        gains.add(gain);
        arrival.run();
    }

    private void apply(Gain gain) {
        try {
            if (failure == null) {
                gain.applyTo(this);
            }
        } catch (IllegalStateException e) {
            // The engine was closed under the detokenizer.
            if (failure == null) {
                throw e;
            }
        }
        String message = failure;
        if (message != null) {
            endWith(new GenerationEvent.Failed(Cause.ENGINE, message));
        }
    }

    private void endWith(GenerationEvent last) {
        if (!over) {
            over = true;
            events.add(last);
        }
    }

    private void choiceEnded(int promptTokensOfChoice) {
        promptTokens = Math.max(promptTokens, promptTokensOfChoice);
        if (--openChoices == 0) {
            int completionTokens = choices.stream().mapToInt(ChoiceText::tokens).sum();
            endWith(new GenerationEvent.Finished(new Usage(promptTokens, completionTokens)));
        }
    }

    private void take(int number, long[] tokens, float[] logProbs) {
        ChoiceText choice = choices.get(number);
        for (int i = 0; i < tokens.length && !choice.stopped(); i++) {
            choice.add(tokens[i], i < logProbs.length ? logProbs[i] : 0);
            if (choice.stopped()) {
                events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.STOP, choice.stopString()));
                cancel.accept(number);
            }
        }
    }

    private void end(int number, Finish finish) {
        ChoiceText choice = choices.get(number);
        if (choice.stopped() || over) {
            return;
        }
        choice.finish();
        switch (finish) {
            case STOP, TOOL_CALL ->
                events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.STOP, choice.stopString()));
            case LENGTH ->
                events.add(new GenerationEvent.ChoiceEnded(
                        number, choice.stopped() ? FinishReason.STOP : FinishReason.LENGTH, choice.stopString()));
            case IGNORED -> dropped(number, choice);
            case CANCELLED -> endWith(CANCELLED);
        }
    }

    /** The KV cache is full: for a prompt that is more than it takes, or for one that has run so far. */
    private void dropped(int number, ChoiceText choice) {
        if (choice.tokens() > 0) {
            events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.LENGTH));
        } else {
            endWith(new GenerationEvent.Failed(
                    Cause.REQUEST,
                    "The prompt does not fit the model's KV cache; make it shorter, or send smaller pictures."));
        }
    }

    /** What the loop queued. */
    private interface Gain {

        Gain NOTHING = generation -> {};
        Gain CLOSED = generation -> generation.endWith(CANCELLED);

        void applyTo(TokenGeneration generation);

        record Refused(String message) implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {
                generation.endWith(new GenerationEvent.Failed(Cause.REFUSED, message));
            }
        }

        @SuppressWarnings("ArrayRecordComponent") // read once
        record Tokens(int choice, long[] tokens, float[] logProbs) implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {
                generation.take(choice, tokens, logProbs);
            }
        }

        record End(int choice, Finish finish, int promptTokens) implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {
                generation.end(choice, finish);
                generation.choiceEnded(promptTokens);
            }
        }
    }
}
