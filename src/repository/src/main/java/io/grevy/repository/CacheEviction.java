package io.grevy.repository;

import java.util.Optional;

/**
 * Keeps a sequence's KV cache at a fixed size by dropping the tokens between its beginning and its end that matter
 * least. All sizes are tokens, and multiples of the cache's block, which has 32 on a CPU and 16 on a GPU.
 *
 * @param startSize tokens at the beginning that are kept, at least 1
 * @param recentSize tokens at the end that are kept, at least 1
 * @param maxCacheSize tokens kept in all, more than those two together
 * @param aggregation how a token's importance adds up
 * @param snapkvWindowSize the last prompt tokens whose attention is counted; 0 counts all
 * @param kvCrush empty chooses by importance alone
 */
public record CacheEviction(
        int startSize,
        int recentSize,
        int maxCacheSize,
        Aggregation aggregation,
        int snapkvWindowSize,
        Optional<KvCrush> kvCrush) {

    /** How a token's importance adds up over the steps; the order is the engine's. */
    public enum Aggregation {
        SUM,
        /** Divided by the token's age. */
        NORM_SUM
    }

    /**
     * Keeps, beyond the most important, some blocks that stand for the others.
     *
     * @param budget how many blocks; 0 for none
     * @param anchor what blocks are compared with
     * @param rngSeed for {@link Anchor#RANDOM}
     */
    public record KvCrush(int budget, Anchor anchor, int rngSeed) {

        /** The order is the engine's. */
        public enum Anchor {
            RANDOM,
            ZEROS,
            ONES,
            MEAN,
            ALTERNATING
        }
    }
}
