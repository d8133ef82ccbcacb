package io.grevy.engine;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The generations of several prompts as one: their choices are numbered on, and their usage is added up. Used by one
 * thread, but for closing.
 */
final class JoinedGeneration implements Generation {

    private final List<Generation> parts;
    private final int choicesOfEach;
    private final Arrivals arrivals;
    private final Queue<Integer> open = new ArrayDeque<>();
    private Usage usage = new Usage(0, 0);
    private boolean over;

    /**
     * @param choicesOfEach how many choices each of them has
     * @param arrivals where it is told that one of them has something
     */
    JoinedGeneration(List<Generation> parts, int choicesOfEach, Arrivals arrivals) {
        this.parts = List.copyOf(parts);
        this.choicesOfEach = choicesOfEach;
        this.arrivals = arrivals;
        for (int i = 0; i < parts.size(); i++) {
            open.add(i);
        }
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        if (over) {
            throw new IllegalStateException("the generation has ended");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<GenerationEvent> event;
        do {
            event = askEach();
        } while (event.isEmpty() && arrivals.await(deadline - System.nanoTime()));
        return event;
    }

    private Optional<GenerationEvent> askEach() throws InterruptedException {
        for (int i = open.size(); i > 0; i--) {
            Optional<GenerationEvent> event = ask(open.remove());
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        parts.forEach(Generation::close);
    }

    /** Asks one, which then is the last to be asked again; empty if it has nothing to tell, or came to its end. */
    private Optional<GenerationEvent> ask(int part) throws InterruptedException {
        Optional<GenerationEvent> told = parts.get(part).next(Duration.ZERO);
        if (told.isPresent() && told.get() instanceof GenerationEvent.Finished finished) {
            return finish(finished.usage());
        }
        if (told.isPresent() && told.get() instanceof GenerationEvent.Failed) {
            over = true;
            return told;
        }
        open.add(part);
        return told.map(event -> renumbered(event, part * choicesOfEach));
    }

    private Optional<GenerationEvent> finish(Usage more) {
        usage = new Usage(
                usage.promptTokens() + more.promptTokens(), usage.completionTokens() + more.completionTokens());
        over = open.isEmpty();
        return over ? Optional.of(new GenerationEvent.Finished(usage)) : Optional.empty();
    }

    private static GenerationEvent renumbered(GenerationEvent event, int first) {
        if (event instanceof GenerationEvent.Text text) {
            return new GenerationEvent.Text(first + text.choice(), text.text(), text.tokens(), text.logProbs());
        }
        if (event instanceof GenerationEvent.ChoiceEnded ended) {
            return new GenerationEvent.ChoiceEnded(first + ended.choice(), ended.reason(), ended.stopString());
        }
        throw new IllegalStateException("unknown event " + event);
    }
}
