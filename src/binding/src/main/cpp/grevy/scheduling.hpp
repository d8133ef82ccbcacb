#pragma once
#include "grevy/bytes.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/scheduler.hpp"

namespace grevy {
namespace genai = ov::genai;

// How a pipeline shares its cache and its forward passes, put together call by call.
class Scheduling {
public:
    // Of the cache's two sizes one is 0: what is given in blocks is for tests, which need a small one.
    Scheduling(int64_t cacheSizeGb, int64_t cacheBlocks, int64_t maxNumBatchedTokens, int64_t maxNumSeqs,
               bool dynamicSplitFuse, bool enablePrefixCaching) {
        config.cache_size = static_cast<std::size_t>(cacheSizeGb);
        config.num_kv_blocks = static_cast<std::size_t>(cacheBlocks);
        config.max_num_batched_tokens = static_cast<std::size_t>(maxNumBatchedTokens);
        config.max_num_seqs = static_cast<std::size_t>(maxNumSeqs);
        config.dynamic_split_fuse = dynamicSplitFuse;
        config.enable_prefix_caching = enablePrefixCaching;
    }

    void setCacheIntervalMultiplier(int64_t multiplier) {
        config.cache_interval_multiplier = static_cast<std::size_t>(multiplier);
    }

    void evict(int64_t startSize, int64_t recentSize, int64_t maxCacheSize, int32_t aggregation, int64_t snapkvWindowSize) {
        config.use_cache_eviction = true;
        auto& eviction = config.cache_eviction_config;
        eviction.start_size = static_cast<std::size_t>(startSize);
        eviction.recent_size = static_cast<std::size_t>(recentSize);
        eviction.max_cache_size = static_cast<std::size_t>(maxCacheSize);
        eviction.evictable_size = eviction.max_cache_size - eviction.start_size - eviction.recent_size;
        eviction.aggregation_mode = aggregation;
        eviction.snapkv_window_size = static_cast<std::size_t>(snapkvWindowSize);
    }

    void crush(int64_t budget, int32_t anchor, int64_t rngSeed) {
        auto& kvcrush = config.cache_eviction_config.kvcrush;
        kvcrush.budget = static_cast<std::size_t>(budget);
        kvcrush.anchor_point_mode = anchor;
        kvcrush.rng_seed = static_cast<std::size_t>(rngSeed);
    }

    void sparsify(int32_t mode, int64_t lastDenseTokens, int64_t retainedStartTokens, int64_t retainedRecentTokens,
                  float xattentionThreshold, int64_t xattentionBlockSize, int64_t xattentionStride) {
        config.use_sparse_attention = true;
        auto& sparse = config.sparse_attention_config;
        sparse.mode = mode;
        sparse.num_last_dense_tokens_in_prefill = static_cast<std::size_t>(lastDenseTokens);
        sparse.num_retained_start_tokens_in_cache = static_cast<std::size_t>(retainedStartTokens);
        sparse.num_retained_recent_tokens_in_cache = static_cast<std::size_t>(retainedRecentTokens);
        sparse.xattention_threshold = xattentionThreshold;
        sparse.xattention_block_size = static_cast<std::size_t>(xattentionBlockSize);
        sparse.xattention_stride = static_cast<std::size_t>(xattentionStride);
    }

    // In the library's own words.
    void describe(Bytes& out) const {
        guarded([&] { out.content = config.to_string(); });
    }

    genai::SchedulerConfig config;
};

}  // namespace grevy
