// Whether the library has the layouts that the headers in genai/ declare.  Each answer is a sentence, empty for "yes".
#pragma once
#include <cmath>
#include <cstring>
#include <new>
#include <string>

#include "grevy/bytes.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/continuous_batching_pipeline.hpp"
#include "grevy/genai/generation.hpp"
#include "grevy/genai/scheduler.hpp"

namespace grevy {
namespace genai = ov::genai;

constexpr unsigned char CANARY = 0xA5;

// How many bytes of `room` were written to, counted to the last one that isn't the canary any more.
template <std::size_t Size>
std::size_t written(const unsigned char (&room)[Size]) {
    std::size_t used = Size;
    while (used > 0 && room[used - 1] == CANARY)
        used--;
    return used;
}

// The library's own description of a configuration in which every member has a value of its own.
inline void describeSampleScheduler(Bytes& out) {
    guarded([&] {
        genai::SchedulerConfig c;
        c.max_num_batched_tokens = 1001;
        c.num_kv_blocks = 1002;
        c.cache_size = 1003;
        c.num_linear_attention_blocks = 1004;
        c.cache_interval_multiplier = 1005;
        c.dynamic_split_fuse = false;
        c.use_cache_eviction = true;
        c.max_num_seqs = 1006;
        c.enable_prefix_caching = true;
        c.use_sparse_attention = true;
        c.cache_eviction_config.start_size = 1007;
        c.cache_eviction_config.recent_size = 1008;
        c.cache_eviction_config.max_cache_size = 1009;
        c.cache_eviction_config.evictable_size = 1010;
        c.cache_eviction_config.apply_rotation = true;
        c.cache_eviction_config.snapkv_window_size = 1011;
        c.cache_eviction_config.aggregation_mode = 0;
        c.cache_eviction_config.kvcrush.budget = 1012;
        c.cache_eviction_config.kvcrush.rng_seed = 1013;
        c.cache_eviction_config.kvcrush.anchor_point_mode = 2;
        c.sparse_attention_config.mode = 1;
        c.sparse_attention_config.num_last_dense_tokens_in_prefill = 1014;
        c.sparse_attention_config.num_retained_start_tokens_in_cache = 1015;
        c.sparse_attention_config.num_retained_recent_tokens_in_cache = 1016;
        c.sparse_attention_config.xattention_threshold = 0.5f;
        c.sparse_attention_config.xattention_block_size = 1017;
        c.sparse_attention_config.xattention_stride = 1018;
        out.content = c.to_string();
    });
}

// The library copies an output that this side laid out: the members must arrive, and the real object must fit.
inline std::string generationOutputProblem() {
    using Output = genai::GenerationOutput;
    alignas(16) unsigned char ours[sizeof(Output)] = {};
    auto* sample = reinterpret_cast<Output*>(ours);
    new (&sample->generated_ids) std::vector<int64_t>{1001, 1002, 1003};
    new (&sample->generated_log_probs) std::vector<float>{-0.5f, -0.25f};
    sample->score = -2.5f;
    sample->finish_reason = genai::GenerationFinishReason::TOOL_CALL;
    alignas(16) unsigned char theirs[sizeof(Output)];
    std::memset(theirs, CANARY, sizeof theirs);
    auto* copy = new (theirs) Output(*sample);
    std::string problem;
    if (copy->generated_ids != sample->generated_ids || copy->generated_ids.data() == sample->generated_ids.data())
        problem = "GenerationOutput.generated_ids";
    else if (copy->generated_log_probs != sample->generated_log_probs ||
             copy->generated_log_probs.data() == sample->generated_log_probs.data())
        problem = "GenerationOutput.generated_log_probs";
    else if (copy->score != sample->score || copy->finish_reason != sample->finish_reason)
        problem = "GenerationOutput.score, finish_reason";
    else if (written(theirs) > sizeof(Output) / 2)
        problem = "GenerationOutput is too large";
    if (problem.empty()) {
        copy->~Output();
        sample->~Output();
    }
    return problem;
}

inline void layoutProblem(Bytes& out) {
    guarded([&] { out.content = generationOutputProblem(); });
}

// What was read from a queue must make sense before it is believed.
inline void requireSane(const genai::GenerationOutput& output) {
    const auto begin = reinterpret_cast<uintptr_t>(output.generated_ids.data());
    const bool sane = begin % sizeof(int64_t) == 0 &&
                      output.generated_ids.size() == output.generated_log_probs.size() &&
                      output.finish_reason >= genai::GenerationFinishReason::NONE &&
                      output.finish_reason <= genai::GenerationFinishReason::TOOL_CALL;
    if (!sane)
        throw std::runtime_error("a GenerationOutput doesn't have the expected layout");
}

inline std::string configProblem(const genai::GenerationConfig& config) {
    alignas(16) unsigned char room[sizeof(genai::GenerationConfig)];
    std::memset(room, CANARY, sizeof room);
    auto* copy = new (room) genai::GenerationConfig(config);
    const std::size_t used = written(room);
    copy->~GenerationConfig();
    return used < sizeof room / 2 ? std::string() : "GenerationConfig is too large";
}

inline std::string metricsProblem(const genai::PipelineMetrics& metrics) {
    return metrics.kv_cache_size_in_bytes == &metrics.cache_size_in_bytes ? std::string()
                                                                          : "PipelineMetrics.cache_size_in_bytes";
}

}  // namespace grevy
