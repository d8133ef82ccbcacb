#pragma once
#include <filesystem>
#include <filesystem>
#include <memory>
#include <openvino/core/any.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "grevy/genai/opaque.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace ov::genai {

enum class GenerationStatus { RUNNING = 0, FINISHED = 1, IGNORED = 2, CANCEL = 3, STOP = 4 };
enum class GenerationFinishReason { NONE = 0, STOP = 1, LENGTH = 2, TOOL_CALL = 3 };

class GREVY_GENAI StructuredOutputConfig {  // OPAQUE; travels in an ov::Any
public:
    StructuredOutputConfig(const ov::AnyMap&);
    StructuredOutputConfig(const StructuredOutputConfig&);
    ~StructuredOutputConfig();
    void validate(Tokenizer&) const;

private:
    Opaque<4096> storage;
};

class GREVY_GENAI GenerationConfig {  // OPAQUE; no default constructor is exported: copy a pipeline's
public:
    explicit GenerationConfig(const std::filesystem::path& json);
    GenerationConfig(const GenerationConfig&);
    GenerationConfig& operator=(const GenerationConfig&) = delete;
    ~GenerationConfig();
    void update_generation_config(const ov::AnyMap&);
    void validate() const;

private:
    Opaque<8192> storage;
};

GREVY_GENAI std::pair<std::string, ov::Any> generation_config(const GenerationConfig&);

class GREVY_GENAI PerfMetrics {  // OPAQUE
public:
    PerfMetrics(const PerfMetrics&);
    ~PerfMetrics();
    std::size_t get_num_input_tokens();

private:
    Opaque<4096> storage;
};

struct GREVY_GENAI GenerationOutput {  // LAYOUT of the leading members; copied and destroyed by the library
    std::vector<int64_t> generated_ids;
    std::vector<float> generated_log_probs;
    float score;
    GenerationFinishReason finish_reason;
    Opaque<256> tail;
    GenerationOutput(const GenerationOutput&);
    ~GenerationOutput();
};
using GenerationOutputs = std::unordered_map<uint64_t, GenerationOutput>;

class GREVY_GENAI GenerationHandleImpl {  // SYMBOL
public:
    GenerationHandleImpl() = delete;
    GenerationStatus get_status();
    bool can_read();
    void cancel();
    GenerationOutputs read();  // never read_all(): it returns a vector, whose stride is the real size
    PerfMetrics get_perf_metrics() const;
};
using GenerationHandle = std::shared_ptr<GenerationHandleImpl>;

}  // namespace ov::genai
