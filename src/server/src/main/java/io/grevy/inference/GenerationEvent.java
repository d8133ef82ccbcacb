package io.grevy.inference;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link Generation} tells, in this order: for each choice any number of {@link Gain} and one
 * {@link ChoiceEnded}, the choices interleaved; then one {@link Finished}. {@link Failed} may come at any point and is
 * the last event.
 */
public sealed interface GenerationEvent {

    /**
     * What a choice gained.
     *
     * <p>Its tokens are those it took since the gain before, at least 0: text held back earlier may come free with the
     * choice's end. Where log probabilities were asked for, it has the tokens of which this, or its beginning, is made,
     * and those of marks before it, which are in no text: each once, in order. Tokens without text are in none.
     */
    sealed interface Gain extends GenerationEvent {

        int choice();

        int tokens();

        List<TokenLogProb> logProbs();
    }

    /** Text for the reader: whole characters, never empty but for what carries the last tokens. */
    record Text(int choice, String text, int tokens, List<TokenLogProb> logProbs) implements Gain {

        public Text {
            logProbs = List.copyOf(logProbs);
        }

        public Text(int choice, String text, int tokens) {
            this(choice, text, tokens, List.of());
        }
    }

    /** Text of the model's reasoning, never empty. */
    record Reasoning(int choice, String text, int tokens, List<TokenLogProb> logProbs) implements Gain {

        public Reasoning {
            logProbs = List.copyOf(logProbs);
        }
    }

    /**
     * A call of a tool begins.
     *
     * @param index counts the calls of this choice from 0
     * @param id unlike every other's
     * @param name need not be one of the request's tools
     */
    record CallStarted(int choice, int index, String id, String name, int tokens, List<TokenLogProb> logProbs)
            implements Gain {

        public CallStarted {
            logProbs = List.copyOf(logProbs);
        }
    }

    /**
     * More of the arguments of a call, never empty. Joined they are a JSON object, or as much of it as came, unless the
     * model wrote something else.
     */
    record CallArguments(int choice, int index, String json, int tokens, List<TokenLogProb> logProbs) implements Gain {

        public CallArguments {
            logProbs = List.copyOf(logProbs);
        }
    }

    /**
     * A choice is complete.
     *
     * @param stopString the one of the request's that ended it, if one did
     */
    record ChoiceEnded(int choice, FinishReason reason, Optional<String> stopString) implements GenerationEvent {

        public ChoiceEnded(int choice, FinishReason reason) {
            this(choice, reason, Optional.empty());
        }
    }

    /** Every choice is complete. */
    record Finished(Usage usage) implements GenerationEvent {}

    /**
     * There will be no more: the engine failed, the model was unloaded, the request was more than it can take, or it
     * was cancelled.
     */
    record Failed(Cause cause, String message) implements GenerationEvent {}

    /** Whose fault a {@link Failed} is. */
    enum Cause {
        /** The request's: its prompt does not fit the KV cache. */
        REQUEST,
        /** The request's too: the engine refused it, in its own words, before it generated anything. */
        REFUSED,
        /** The server's. */
        ENGINE,
        /** Nobody's: it was closed before its end. */
        CANCELLED
    }
}
