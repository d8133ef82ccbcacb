package io.grevy.openvino;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How continuous batching shares the cache and the forward passes.
 *
 * @param cacheSizeGb the KV cache's fixed size in GiB; 0 lets it grow with what is asked for
 * @param maxNumBatchedTokens the most tokens in one forward pass, at least 1
 * @param maxNumSeqs the most requests in one forward pass, at least 1
 * @param dynamicSplitFuse whether long prompts are cut into pieces that go along with other requests' tokens
 * @param enablePrefixCaching whether the cache of a common beginning is kept for later requests. Then
 *     {@link BatchingPipeline#add} and {@link BatchingPipeline#step} must not run at the same time.
 * @param cacheIntervalMultiplier how many blocks of the cache lie between two checkpoints of a linear-attention model's
 *     state, at least 1; empty leaves it to the engine, and other models have no such state
 * @param cacheEviction empty keeps every token in the cache
 * @param sparseAttention empty computes attention in full
 */
public record SchedulerSettings(
        int cacheSizeGb,
        int maxNumBatchedTokens,
        int maxNumSeqs,
        boolean dynamicSplitFuse,
        boolean enablePrefixCaching,
        OptionalInt cacheIntervalMultiplier,
        Optional<CacheEviction> cacheEviction,
        Optional<SparseAttention> sparseAttention) {
    private static final SchedulerSettings DEFAULTS = new SchedulerSettings(0, 256, 256, true, false);

    public SchedulerSettings {
        if (cacheSizeGb < 0 || maxNumBatchedTokens < 1 || maxNumSeqs < 1 || cacheIntervalMultiplier.orElse(1) < 1) {
            throw new IllegalArgumentException("cacheSizeGb " + cacheSizeGb + " must be at least 0,"
                    + " maxNumBatchedTokens " + maxNumBatchedTokens + ", maxNumSeqs " + maxNumSeqs
                    + " and cacheIntervalMultiplier " + cacheIntervalMultiplier.orElse(1) + " at least 1");
        }
    }

    /** All tokens kept, attention in full. */
    public SchedulerSettings(
            int cacheSizeGb,
            int maxNumBatchedTokens,
            int maxNumSeqs,
            boolean dynamicSplitFuse,
            boolean enablePrefixCaching) {
        this(
                cacheSizeGb,
                maxNumBatchedTokens,
                maxNumSeqs,
                dynamicSplitFuse,
                enablePrefixCaching,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The engine's own: a growing cache, 256 tokens and 256 requests a step, split and fused, no prefix caching. */
    public static SchedulerSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The same for the engine; the caller closes it.
     *
     * @param cacheBlocks the cache's size in blocks of 32 tokens, instead of the other; 0 for the latter
     */
    GenAi.Scheduling toNative(long cacheBlocks) {
        GenAi.Scheduling scheduling = new GenAi.Scheduling(this, cacheBlocks);
        cacheIntervalMultiplier.ifPresent(scheduling::setCacheIntervalMultiplier);
        cacheEviction.ifPresent(eviction -> {
            scheduling.evict(
                    eviction.startSize(),
                    eviction.recentSize(),
                    eviction.maxCacheSize(),
                    eviction.aggregation().ordinal(),
                    eviction.snapkvWindowSize());
            eviction.kvCrush()
                    .ifPresent(crush ->
                            scheduling.crush(crush.budget(), crush.anchor().ordinal(), crush.rngSeed()));
        });
        sparseAttention.ifPresent(sparse -> scheduling.sparsify(
                sparse.mode().ordinal(),
                sparse.lastDenseTokens(),
                sparse.retainedStartTokens(),
                sparse.retainedRecentTokens(),
                sparse.xattentionThreshold(),
                sparse.xattentionBlockSize(),
                sparse.xattentionStride()));
        return scheduling;
    }
}
