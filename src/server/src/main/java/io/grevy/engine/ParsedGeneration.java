package io.grevy.engine;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.CallArguments;
import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Reasoning;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.TokenLogProb;
import io.grevy.tools.OutputParser;
import io.grevy.tools.OutputPiece;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Tells calls and reasoning from the text of a generation. Used by one thread, but for closing. */
final class ParsedGeneration implements Generation {

    private final Generation generation;
    private final OutputParsers parsers;
    private final List<Choice> choices = new ArrayList<>();
    private final Queue<GenerationEvent> events = new ArrayDeque<>();

    ParsedGeneration(Generation generation, OutputParsers parsers, int choiceCount) {
        this.generation = generation;
        this.parsers = parsers;
        for (int number = 0; number < choiceCount; number++) {
            choices.add(new Choice(number, parsers.create().get()));
        }
    }

    @Override
    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (events.isEmpty()) {
            long left = Math.max(0, deadline - System.nanoTime());
            Optional<GenerationEvent> event = generation.next(Duration.ofNanos(left));
            if (event.isEmpty()) {
                return event;
            }
            take(event.get());
        }
        return Optional.of(events.remove());
    }

    @Override
    public void close() {
        generation.close();
    }

    private void take(GenerationEvent event) {
        if (event instanceof Text text) {
            choices.get(text.choice()).accept(text);
        } else if (event instanceof ChoiceEnded ended) {
            choices.get(ended.choice()).end(ended);
        } else {
            events.add(event);
        }
    }

    private final class Choice {
        private final int number;
        private final OutputParser parser;
        private List<TokenLogProb> logProbs = new ArrayList<>();
        private int tokens;
        private boolean called;

        Choice(int number, OutputParser parser) {
            this.number = number;
            this.parser = parser;
        }

        void accept(Text text) {
            tokens += text.tokens();
            logProbs.addAll(text.logProbs());
            parser.accept(text.text()).forEach(this::tell);
        }

        void end(ChoiceEnded ended) {
            parser.end().forEach(this::tell);
            if (!logProbs.isEmpty()) {
                events.add(new Text(number, "", takeTokens(), takeLogProbs()));
            }
            boolean calls = called && ended.reason() == FinishReason.STOP;
            events.add(new ChoiceEnded(number, calls ? FinishReason.TOOL_CALLS : ended.reason(), ended.stopString()));
        }

        private void tell(OutputPiece piece) {
            if (piece instanceof OutputPiece.Content content) {
                events.add(new Text(number, content.text(), takeTokens(), takeLogProbs()));
            } else if (piece instanceof OutputPiece.Reasoning reasoning) {
                if (parsers.reasoning()) {
                    events.add(new Reasoning(number, reasoning.text(), takeTokens(), takeLogProbs()));
                }
            } else if (piece instanceof OutputPiece.ToolCallStarted call && counts(call.index())) {
                called = true;
                String id = parsers.ids().get();
                events.add(new CallStarted(number, call.index(), id, call.name(), takeTokens(), takeLogProbs()));
            } else if (piece instanceof OutputPiece.ToolArguments arguments && counts(arguments.index())) {
                events.add(
                        new CallArguments(number, arguments.index(), arguments.json(), takeTokens(), takeLogProbs()));
            }
        }

        private boolean counts(int call) {
            return call == 0 || parsers.parallel();
        }

        private int takeTokens() {
            int taken = tokens;
            tokens = 0;
            return taken;
        }

        private List<TokenLogProb> takeLogProbs() {
            List<TokenLogProb> taken = logProbs;
            logProbs = new ArrayList<>();
            return taken;
        }
    }
}
