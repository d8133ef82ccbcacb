package io.grevy.engine;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.Cause;
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
import org.jspecify.annotations.Nullable;

/**
 * A generation whose tokens come from a loop. The loop's side ({@link TokenSink}) only queues; detokenizing and
 * looking for stop strings happen on the reader's side. The queue is bounded by the token limit of its choices.
 *
 * <p>The reader's side belongs to one thread; {@link #close()} may come from any.
 */
final class TokenGeneration implements Generation, TokenSink {

    private final BlockingQueue<Gain> gains = new LinkedBlockingQueue<>();
    private final Queue<GenerationEvent> events = new ArrayDeque<>();
    private final List<Choice> choices = new ArrayList<>();
    private final IntConsumer cancel;

    private int openChoices;
    private int promptTokens;
    private boolean over;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    /**
     * @param detokenizers make text of tokens
     * @param cancel ends the choice of this number in the engine; harmless for one that has ended
     */
    TokenGeneration(Detokenizer.Factory detokenizers, List<String> stopStrings, int choiceCount, IntConsumer cancel) {
        for (int i = 0; i < choiceCount; i++) {
            choices.add(new Choice(i, detokenizers.create(), new StopStrings(stopStrings)));
        }
        this.openChoices = choiceCount;
        this.cancel = cancel;
    }

    @Override
    public void gained(int choice, long[] tokens) {
        gains.add(new Gain.Tokens(choice, tokens));
    }

    @Override
    public void ended(int choice, Finish finish, int promptTokens) {
        gains.add(new Gain.End(choice, finish, promptTokens));
    }

    /** What is queued is not told any more: without the engine nobody can make text of it. */
    @Override
    public void failed(String message) {
        failure = message;
        gains.add(Gain.NOTHING);
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
        choices.forEach(choice -> cancel.accept(choice.number));
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
        over = true;
        events.add(last);
    }

    private void choiceEnded(int promptTokensOfChoice) {
        promptTokens = Math.max(promptTokens, promptTokensOfChoice);
        if (--openChoices == 0 && !over) {
            int completionTokens =
                    choices.stream().mapToInt(choice -> choice.tokens).sum();
            endWith(new GenerationEvent.Finished(new Usage(promptTokens, completionTokens)));
        }
    }

    /** What the loop queued. */
    private sealed interface Gain {

        Gain NOTHING = new Nothing();

        void applyTo(TokenGeneration generation);

        record Tokens(int choice, long[] tokens) implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {
                generation.choices.get(choice).take(tokens, generation);
            }
        }

        record End(int choice, Finish finish, int promptTokens) implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {
                generation.choices.get(choice).end(finish, generation);
                generation.choiceEnded(promptTokens);
            }
        }

        /** Only wakes the reader. */
        record Nothing() implements Gain {
            @Override
            public void applyTo(TokenGeneration generation) {}
        }
    }

    /** One answer in the making. */
    private static final class Choice {

        private final int number;
        private final Detokenizer detokenizer;
        private final StopStrings stops;
        private int tokens;
        private int untold;

        Choice(int number, Detokenizer detokenizer, StopStrings stops) {
            this.number = number;
            this.detokenizer = detokenizer;
            this.stops = stops;
        }

        void take(long[] gained, TokenGeneration generation) {
            for (long token : gained) {
                if (stops.found()) {
                    return;
                }
                tokens++;
                untold++;
                tell(stops.add(detokenizer.add(token)), generation);
                if (stops.found()) {
                    generation.events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.STOP));
                    generation.cancel.accept(number);
                }
            }
        }

        void end(Finish finish, TokenGeneration generation) {
            if (stops.found() || generation.over) {
                return;
            }
            tell(stops.add(detokenizer.finish()), generation);
            tell(stops.finish(), generation);
            switch (finish) {
                case STOP, TOOL_CALL ->
                    generation.events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.STOP));
                case LENGTH ->
                    generation.events.add(new GenerationEvent.ChoiceEnded(
                            number, stops.found() ? FinishReason.STOP : FinishReason.LENGTH));
                case IGNORED -> dropped(generation);
                case CANCELLED ->
                    generation.endWith(new GenerationEvent.Failed(Cause.ENGINE, "The generation was cancelled."));
            }
        }

        /** The KV cache is full: for a prompt that is more than it takes, or for one that has run so far. */
        private void dropped(TokenGeneration generation) {
            if (tokens > 0) {
                generation.events.add(new GenerationEvent.ChoiceEnded(number, FinishReason.LENGTH));
            } else {
                generation.endWith(new GenerationEvent.Failed(
                        Cause.REQUEST,
                        "The prompt does not fit the model's KV cache; make it shorter, or send smaller pictures."));
            }
        }

        private void tell(String text, TokenGeneration generation) {
            if (!text.isEmpty()) {
                generation.events.add(new GenerationEvent.Text(number, text, untold));
                untold = 0;
            }
        }
    }
}
