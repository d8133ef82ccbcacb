package io.grevy.openvino;

import java.nio.file.Path;

/**
 * Where guesses at the next tokens come from, which the model then checks in one forward pass. A step then gains a
 * request several tokens; with greedy decoding the same as without, as long as a step takes all that it has to check:
 *
 * <ul>
 *   <li>The guesses of all requests and a token more of each are to be no more than
 *       {@link SchedulerSettings#maxNumBatchedTokens}.
 *   <li>With a draft model only one request is to be in the pipeline: where a prompt is cut into pieces beside another
 *       request, the other's prompt is read wrongly.
 * </ul>
 *
 * Beyond that the engine gives wrong tokens, or a step fails for good. Tried with 2026.4.1.
 */
public sealed interface Speculation {
    /** How many tokens are guessed where a request does not say. */
    int ASSISTANT_TOKENS = 5;

    /** How many tokens in a row are looked up where a request does not say. */
    int NGRAM_SIZE = 3;

    /** No guessing: a token a step. */
    record None() implements Speculation {}

    /**
     * What followed the same tokens earlier in the prompt and in the answer so far. A request may set
     * {@code num_assistant_tokens} and {@code max_ngram_size}.
     */
    record PromptLookup() implements Speculation {}

    /**
     * A smaller text model with the same tokenizer, for a text model. A request may set {@code num_assistant_tokens}, or
     * {@code assistant_confidence_threshold} instead. Neither model takes {@link SchedulerSettings#cacheEviction} or
     * {@link SparseAttention.Mode#XATTENTION}: a step would fail for good.
     *
     * @param scheduler of it the engine heeds the cache's size, the number of sequences and prefix caching; the rest is
     *     the main model's
     */
    record DraftModel(Path folder, String device, SchedulerSettings scheduler) implements Speculation {}
}
