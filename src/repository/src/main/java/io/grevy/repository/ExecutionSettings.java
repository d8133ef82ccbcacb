package io.grevy.repository;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How a model runs. The scheduler's part (cache to prefix caching) matters to continuous batching only.
 *
 * @param targetDevice an OpenVINO device, such as {@code CPU} or {@code GPU.1}
 * @param cacheSizeGb the KV cache, GB; 0 lets it grow as needed
 * @param maxNumSeqs the most sequences in one batch, at least 1
 * @param maxNumBatchedTokens the most tokens in one step, at least 1
 * @param dynamicSplitFuse whether a long prompt is spread over steps that also generate
 * @param enablePrefixCaching whether the cache of an equal beginning is used again
 * @param pluginConfig properties for the device; values are String, Long, Double or Boolean
 * @param maxTokensLimit the most tokens that a request may ask for; empty without a limit
 * @param bestOfLimit a request's {@code best_of} is to be below this, at least 1
 */
public record ExecutionSettings(
        String targetDevice,
        int cacheSizeGb,
        int maxNumSeqs,
        int maxNumBatchedTokens,
        boolean dynamicSplitFuse,
        boolean enablePrefixCaching,
        Map<String, Object> pluginConfig,
        OptionalInt maxTokensLimit,
        int bestOfLimit) {

    public ExecutionSettings {
        pluginConfig = Map.copyOf(pluginConfig);
    }

    /** What holds where neither a graph nor an option says otherwise. */
    public static ExecutionSettings defaults() {
        return new ExecutionSettings("CPU", 0, 256, 256, true, true, Map.of(), OptionalInt.empty(), 20);
    }
}
