package io.grevy.openai.structure;

import io.grevy.inference.Choices;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.openai.json.Fields;

/** Refuses what would let an answer go on past the end of its structure, or not obey it at all. */
public final class BesideStructure {

    private BesideStructure() {}

    public static void check(Structure structure, Fields request, Choices choices, Stopping stopping) {
        String rule = "cannot be combined with " + structure.field();
        if (choices.beams()) {
            throw request.excludes("use_beam_search", rule + ": beams do not obey it");
        }
        if (stopping.ignoreEos()) {
            throw request.excludes("ignore_eos", rule);
        }
        if (stopping.minTokens() > 0) {
            throw request.excludes("min_tokens", rule);
        }
    }
}
