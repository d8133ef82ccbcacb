#pragma once
#include <filesystem>
#include <memory>
#include <openvino/core/any.hpp>
#include <openvino/runtime/tensor.hpp>
#include <string>
#include <utility>
#include <vector>

#include "grevy/genai/generation.hpp"
#include "grevy/genai/opaque.hpp"
#include "grevy/genai/scheduler.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace ov::genai {

struct PipelineMetrics {  // LAYOUT of the leading members; returned through a hidden pointer
    std::size_t requests;
    std::size_t scheduled_requests;
    float cache_usage;
    float max_cache_usage;
    float avg_cache_usage;
    float inference_duration;
    float sampling_duration;
    std::size_t cache_size_in_bytes;
    std::size_t* kv_cache_size_in_bytes;  // a reference to the member before it, in the library: so it checks the layout
    Opaque<512> tail;
    PipelineMetrics(const PipelineMetrics&) = delete;
};

// The properties may hold a SchedulerConfig as "scheduler_config"; what comes back belongs among a pipeline's.
GREVY_GENAI std::pair<std::string, ov::Any> draft_model(const std::filesystem::path&,
                                                        const std::string& device,
                                                        const ov::AnyMap& properties);

class GREVY_GENAI ContinuousBatchingPipeline {  // OPAQUE but for the shared_ptr, whose inline destructor runs here
public:
    ContinuousBatchingPipeline(const std::filesystem::path&,
                               const SchedulerConfig&,
                               const std::string& device,
                               const ov::AnyMap& properties,
                               const ov::AnyMap& tokenizer_properties,
                               const ov::AnyMap& vision_encoder_properties);
    ContinuousBatchingPipeline(const ContinuousBatchingPipeline&) = delete;
    Tokenizer get_tokenizer() const;
    GenerationConfig get_config() const;
    PipelineMetrics get_metrics() const;
    GenerationHandle add_request(uint64_t, const ov::Tensor& input_ids, const GenerationConfig&);
    GenerationHandle add_request(uint64_t,
                                 const std::string& prompt,
                                 const std::vector<ov::Tensor>& images,
                                 const GenerationConfig&);
    // The properties: generation_config, images, videos, videos_metadata.
    GenerationHandle add_request(uint64_t, const std::string& prompt, const ov::AnyMap&);
    void step();
    bool has_non_finished_requests();
    void finish_chat();

private:
    std::shared_ptr<void> implementation;
    Opaque<256> tail{};
};

}  // namespace ov::genai
