package io.grevy.inference;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * When a choice ends, besides the model's own end of sequence.
 *
 * @param maxTokens the most tokens of a choice; absent for what the model's context leaves
 * @param minTokens before so many, neither a token nor a string ends a choice
 * @param stopStrings a choice ends with the first of them
 * @param includeStopString whether the string that ended a choice is part of the answer
 * @param stopTokens ids of tokens that end a choice, besides the model's own
 * @param ignoreEos go on past the model's end of sequence, for measurements
 */
public record Stopping(
        OptionalInt maxTokens,
        int minTokens,
        List<String> stopStrings,
        boolean includeStopString,
        Set<Integer> stopTokens,
        boolean ignoreEos) {

    public Stopping {
        stopStrings = List.copyOf(stopStrings);
        stopTokens = Set.copyOf(stopTokens);
    }

    /** The model's own end only. */
    public static Stopping unspecified() {
        return new Stopping(OptionalInt.empty(), 0, List.of(), false, Set.of(), false);
    }
}
