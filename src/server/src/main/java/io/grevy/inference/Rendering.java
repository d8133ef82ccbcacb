package io.grevy.inference;

/**
 * What is told of the tokens of an answer.
 *
 * @param logProbs whether each {@link GenerationEvent.Text} comes with its tokens and their log probabilities
 * @param specialTokens whether special tokens are part of the text
 */
public record Rendering(boolean logProbs, boolean specialTokens) {

    /** The text alone. */
    public static Rendering plain() {
        return new Rendering(false, false);
    }
}
