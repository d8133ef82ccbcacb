#pragma once
#include <optional>
#include <string>

#include "grevy/genai/opaque.hpp"

namespace ov::genai {

struct SchedulerConfig {  // LAYOUT, in full: checked against the library's own to_string()
    std::size_t max_num_batched_tokens = 256;
    std::size_t num_kv_blocks = 0;
    std::size_t cache_size = 0;
    std::size_t num_linear_attention_blocks = 0;
    std::optional<std::size_t> cache_interval_multiplier;
    bool dynamic_split_fuse = true;
    bool use_cache_eviction = false;

    struct CacheEviction {
        int aggregation_mode = 1;
        bool apply_rotation = false;
        std::size_t snapkv_window_size = 8;
        struct {
            std::size_t budget = 0;
            int anchor_point_mode = 0;
            std::size_t rng_seed = 0;
        } kvcrush;
        struct {
            double attention_mass = 0.9;
            std::size_t window_size = 8;
        } adaptive_rkv;
        std::size_t start_size = 32;
        std::size_t recent_size = 128;
        std::size_t max_cache_size = 672;
        std::size_t evictable_size = 512;
    } cache_eviction_config;

    std::size_t max_num_seqs = 256;
    bool enable_prefix_caching = false;
    bool use_sparse_attention = false;

    struct SparseAttention {
        int mode = 0;
        std::size_t num_last_dense_tokens_in_prefill = 100;
        std::size_t num_retained_start_tokens_in_cache = 128;
        std::size_t num_retained_recent_tokens_in_cache = 1920;
        float xattention_threshold = 0.8f;
        std::size_t xattention_block_size = 64;
        std::size_t xattention_stride = 8;
    } sparse_attention_config;

    Opaque<512> tail{};

    GREVY_GENAI std::string to_string() const;
};

}  // namespace ov::genai
