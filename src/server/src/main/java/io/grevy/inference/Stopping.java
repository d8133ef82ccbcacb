package io.grevy.inference;

import java.util.List;
import java.util.OptionalInt;

/**
 * When a choice ends, besides the model's own end of sequence.
 *
 * @param maxTokens the most tokens of a choice; absent for what the model's context leaves
 * @param stopStrings a choice ends before the first of them; it is not part of the answer
 * @param ignoreEos go on past the model's end of sequence, for measurements
 */
public record Stopping(OptionalInt maxTokens, List<String> stopStrings, boolean ignoreEos) {

    public Stopping {
        stopStrings = List.copyOf(stopStrings);
    }

    /** The model's own end only. */
    public static Stopping unspecified() {
        return new Stopping(OptionalInt.empty(), List.of(), false);
    }
}
