package io.grevy.openvino;

/**
 * How continuous batching shares the cache and the forward passes.
 *
 * @param cacheSizeGb the KV cache's fixed size in GiB; 0 lets it grow with what is asked for
 * @param maxNumBatchedTokens the most tokens in one forward pass, at least 1
 * @param maxNumSeqs the most requests in one forward pass, at least 1
 * @param dynamicSplitFuse whether long prompts are cut into pieces that go along with other requests' tokens
 * @param enablePrefixCaching whether the cache of a common beginning is kept for later requests. Then
 *     {@link BatchingPipeline#add} and {@link BatchingPipeline#step} must not run at the same time.
 */
public record SchedulerSettings(
        int cacheSizeGb,
        int maxNumBatchedTokens,
        int maxNumSeqs,
        boolean dynamicSplitFuse,
        boolean enablePrefixCaching) {
    private static final SchedulerSettings DEFAULTS = new SchedulerSettings(0, 256, 256, true, false);

    public SchedulerSettings {
        if (cacheSizeGb < 0 || maxNumBatchedTokens < 1 || maxNumSeqs < 1) {
            throw new IllegalArgumentException("cacheSizeGb " + cacheSizeGb + " must be at least 0,"
                    + " maxNumBatchedTokens " + maxNumBatchedTokens + " and maxNumSeqs " + maxNumSeqs
                    + " at least 1");
        }
    }

    /** The engine's own: a growing cache, 256 tokens and 256 requests a step, split and fused, no prefix caching. */
    public static SchedulerSettings defaults() {
        return DEFAULTS;
    }
}
