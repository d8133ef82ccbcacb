package io.grevy.engine;

import io.grevy.inference.Choices;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.TokenLogProb;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;

/**
 * Of more candidates than are wanted, the likeliest: those whose tokens have the highest mean log probability. They come
 * when the last candidate is complete. Used by one thread, but for closing.
 */
final class BestOfGeneration implements Generation {

    private final Generation candidates;
    private final Choices choices;
    private final boolean logProbs;
    private final List<List<GenerationEvent>> told = new ArrayList<>();
    private final Queue<GenerationEvent> events = new ArrayDeque<>();

    /**
     * @param candidates tells log probabilities
     * @param logProbs whether this does too
     */
    BestOfGeneration(Generation candidates, Choices choices, boolean logProbs) {
        this.candidates = candidates;
        this.choices = choices;
        this.logProbs = logProbs;
        IntStream.range(0, choices.candidates()).forEach(i -> told.add(new ArrayList<>()));
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (events.isEmpty()) {
            long left = Math.max(0, deadline - System.nanoTime());
            Optional<GenerationEvent> event = candidates.next(Duration.ofNanos(left));
            if (event.isEmpty()) {
                return event;
            }
            take(event.get());
        }
        return Optional.of(events.remove());
    }

    @Override
    public void close() {
        candidates.close();
    }

    private void take(GenerationEvent event) {
        if (event instanceof GenerationEvent.Text text) {
            told.get(text.choice()).add(text);
        } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
            told.get(ended.choice()).add(ended);
        } else {
            if (event instanceof GenerationEvent.Finished) {
                tellBest();
            }
            events.add(event);
        }
    }

    private void tellBest() {
        List<List<GenerationEvent>> best = told.stream()
                .sorted(Comparator.comparingDouble(BestOfGeneration::meanLogProb)
                        .reversed())
                .toList();
        for (int choice = 0; choice < choices.count(); choice++) {
            for (GenerationEvent event : best.get(choice)) {
                events.add(renumbered(event, choice));
            }
        }
    }

    private GenerationEvent renumbered(GenerationEvent event, int choice) {
        if (event instanceof GenerationEvent.Text text) {
            List<TokenLogProb> tokens = logProbs ? text.logProbs() : List.of();
            return new GenerationEvent.Text(choice, text.text(), text.tokens(), tokens);
        }
        GenerationEvent.ChoiceEnded ended = (GenerationEvent.ChoiceEnded) event;
        return new GenerationEvent.ChoiceEnded(choice, ended.reason(), ended.stopString());
    }

    /** The least there is for an answer without text. */
    private static double meanLogProb(List<GenerationEvent> events) {
        return events.stream()
                .filter(GenerationEvent.Text.class::isInstance)
                .flatMap(event -> ((GenerationEvent.Text) event).logProbs().stream())
                .mapToDouble(TokenLogProb::logProb)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
