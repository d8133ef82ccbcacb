package io.grevy.inference;

/**
 * What is told of the tokens of an answer.
 *
 * @param logProbs whether each {@link GenerationEvent.Gain} comes with its tokens and their log probabilities
 * @param specialTokens whether special tokens are part of the text
 * @param reasoning whether the model's reasoning is told, where it is told from the text
 */
public record Rendering(boolean logProbs, boolean specialTokens, boolean reasoning) {

    /** The text and the reasoning. */
    public static Rendering plain() {
        return new Rendering(false, false, true);
    }
}
