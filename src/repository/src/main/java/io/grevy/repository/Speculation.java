package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Where guesses at the next tokens come from, which the model then checks several at a time. */
public sealed interface Speculation {
    /** The most tokens that a request may have guessed at a time. */
    int MOST_GUESSES = 64;

    /** No guessing: a token a step. */
    record None() implements Speculation {}

    /** The prompt and the answer so far: what followed the same words before. */
    record PromptLookup() implements Speculation {}

    /**
     * A smaller model with the same tokenizer. What is empty is as with the main model.
     *
     * @param folder its files; relative only where a graph is to be written, and then meant from that
     * @param cacheSizeGb its own KV cache, GB, beside the main model's
     */
    record DraftModel(Path folder, Optional<String> device, OptionalInt cacheSizeGb, OptionalInt maxNumSeqs)
            implements Speculation {}
}
