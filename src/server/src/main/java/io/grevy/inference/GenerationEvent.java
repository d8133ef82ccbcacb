package io.grevy.inference;

import java.util.List;

/**
 * What a {@link Generation} tells, in this order: for each choice any number of {@link Text} and one
 * {@link ChoiceEnded}, the choices interleaved; then one {@link Finished}. {@link Failed} may come at any point and is
 * the last event.
 */
public sealed interface GenerationEvent {

    /**
     * The text that a choice gained: whole characters, never empty.
     *
     * @param tokens how many tokens it took, at least 0: text held back earlier may come free with the choice's end
     * @param logProbs where they were asked for, the tokens of which this text, or its beginning, is made: each once,
     *     in order, with the first text that is its. Tokens without text are in none.
     */
    record Text(int choice, String text, int tokens, List<TokenLogProb> logProbs) implements GenerationEvent {

        public Text {
            logProbs = List.copyOf(logProbs);
        }

        public Text(int choice, String text, int tokens) {
            this(choice, text, tokens, List.of());
        }
    }

    /** A choice is complete. */
    record ChoiceEnded(int choice, FinishReason reason) implements GenerationEvent {}

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
        /** The server's. */
        ENGINE,
        /** Nobody's: it was closed before its end. */
        CANCELLED
    }
}
