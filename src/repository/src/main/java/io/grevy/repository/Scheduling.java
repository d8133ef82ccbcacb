package io.grevy.repository;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How continuous batching shares the KV cache and the forward passes.
 *
 * @param cacheSizeGb the KV cache, GB; 0 lets it grow as needed
 * @param maxNumSeqs the most sequences in one batch, at least 1
 * @param maxNumBatchedTokens the most tokens in one step, at least 1
 * @param dynamicSplitFuse whether a long prompt is spread over steps that also generate
 * @param enablePrefixCaching whether the cache of an equal beginning is used again
 * @param cacheIntervalMultiplier how many KV blocks lie between two checkpoints of a linear-attention model's state;
 *     empty leaves it to the engine, and other models have no such state
 * @param cacheEviction empty keeps every token in the cache
 * @param sparseAttention empty computes attention in full
 */
public record Scheduling(
        int cacheSizeGb,
        int maxNumSeqs,
        int maxNumBatchedTokens,
        boolean dynamicSplitFuse,
        boolean enablePrefixCaching,
        OptionalInt cacheIntervalMultiplier,
        Optional<CacheEviction> cacheEviction,
        Optional<SparseAttention> sparseAttention) {

    /** What holds where neither a graph nor an option says otherwise. */
    public static Scheduling defaults() {
        return new Scheduling(0, 256, 256, true, true, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }
}
