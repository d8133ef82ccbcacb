package io.grevy.inference;

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
     */
    record Text(int choice, String text, int tokens) implements GenerationEvent {}

    /** A choice is complete. */
    record ChoiceEnded(int choice, FinishReason reason) implements GenerationEvent {}

    /** Every choice is complete. */
    record Finished(Usage usage) implements GenerationEvent {}

    /** There will be no more: the engine failed, the model was unloaded, or the request was more than it can take. */
    record Failed(Cause cause, String message) implements GenerationEvent {}

    /** Whose fault a {@link Failed} is. */
    enum Cause {
        /** The request's: its prompt does not fit the KV cache. */
        REQUEST,
        /** The server's. */
        ENGINE
    }
}
