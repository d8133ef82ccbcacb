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

    /** The engine failed, or the model was unloaded, before the end. */
    record Failed(String message) implements GenerationEvent {}
}
