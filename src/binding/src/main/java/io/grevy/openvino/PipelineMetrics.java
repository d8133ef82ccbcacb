package io.grevy.openvino;

/**
 * A batching pipeline's state; that of its cache as of the beginning of the last step.
 *
 * @param requests the requests in it
 * @param scheduledRequests those that took part in the last forward pass
 * @param cacheUsagePercent how much of the KV cache is in use
 * @param maxCacheUsagePercent the most it was
 * @param cacheSizeBytes the KV cache's size
 */
public record PipelineMetrics(
        long requests,
        long scheduledRequests,
        float cacheUsagePercent,
        float maxCacheUsagePercent,
        long cacheSizeBytes) {}
