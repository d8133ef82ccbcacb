package io.grevy.inference;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the next tokens are guessed, for models that speculate. What is absent is the engine's default. At most one of
 * the first two is there.
 *
 * @param tokens how many tokens are guessed at a time, 1 to {@link #MOST_TOKENS}
 * @param confidenceThreshold guess on while the draft model is as sure as this, in (0, 1]
 * @param ngramSize how many tokens in a row are looked up in the prompt, 1 to {@link #MOST_TOKENS}
 */
public record Assistance(OptionalInt tokens, OptionalDouble confidenceThreshold, OptionalInt ngramSize) {

    /** The most tokens of either count: more are hardly ever right, and a step has to take them all. */
    public static final int MOST_TOKENS = 64;

    private static final Assistance UNSPECIFIED =
            new Assistance(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());

    /** As the model does it. */
    public static Assistance unspecified() {
        return UNSPECIFIED;
    }
}
