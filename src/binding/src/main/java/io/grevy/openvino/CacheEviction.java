package io.grevy.openvino;

import java.util.Optional;

/**
 * Keeps a sequence's KV cache at a fixed size by dropping the blocks of tokens that matter least. The sizes are tokens,
 * and multiples of the cache's block: 32 on a CPU, 16 on a GPU. Another size is found out by the first step only, which
 * then fails for good.
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

    public CacheEviction {
        if (startSize < 1 || recentSize < 1 || maxCacheSize <= (long) startSize + recentSize || snapkvWindowSize < 0) {
            throw new IllegalArgumentException("startSize " + startSize + " and recentSize " + recentSize
                    + " must be at least 1, maxCacheSize " + maxCacheSize + " more than both, snapkvWindowSize "
                    + snapkvWindowSize + " at least 0");
        }
    }

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
        public KvCrush {
            if (budget < 0 || rngSeed < 0) {
                throw new IllegalArgumentException(
                        "budget " + budget + " and rngSeed " + rngSeed + " must be at least 0");
            }
        }

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
