#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <openvino/core/any.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "grevy/genai/generation.hpp"
#include "grevy/genai/opaque.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace ov::genai {

enum class StreamingStatus { RUNNING = 0, STOP = 1, CANCEL = 2, TOOL_CALL_STOP = 3 };

class GREVY_GENAI StreamerBase {  // LAYOUT: the order of the virtual functions
public:
    virtual StreamingStatus write(int64_t token) = 0;
    virtual StreamingStatus write(const std::vector<int64_t>& tokens);
    virtual void end() = 0;
    virtual ~StreamerBase();
};

using StreamerVariant =
    std::variant<std::function<StreamingStatus(std::string)>, std::shared_ptr<StreamerBase>, std::monostate>;
GREVY_GENAI std::pair<std::string, ov::Any> streamer(StreamerVariant);

struct GREVY_GENAI DecodedResults {  // LAYOUT of the leading members; destroyed by the library
    std::vector<std::string> texts;
    std::vector<float> scores;
    std::vector<GenerationFinishReason> finish_reasons;
    Opaque<16384> tail{};
    DecodedResults(const DecodedResults&) = delete;
    ~DecodedResults();
};

struct GREVY_GENAI VLMDecodedResults {  // LAYOUT of the leading members; destroyed by the library
    std::vector<std::string> texts;
    std::vector<float> scores;
    std::vector<GenerationFinishReason> finish_reasons;
    Opaque<16384> tail{};
    VLMDecodedResults(const VLMDecodedResults&) = delete;
    ~VLMDecodedResults();
};

class GREVY_GENAI VLMPipeline {  // OPAQUE; it has virtual functions, which are called by their exported symbols
public:
    VLMPipeline(const std::filesystem::path&, const std::string& device, const ov::AnyMap& properties);
    VLMPipeline(const VLMPipeline&) = delete;
    ~VLMPipeline();
    VLMDecodedResults generate(const std::string& prompt, const ov::AnyMap&);
    Tokenizer get_tokenizer() const;
    GenerationConfig get_generation_config() const;

private:
    Opaque<512> storage;
};

class GREVY_GENAI LLMPipeline {  // OPAQUE
public:
    LLMPipeline(const std::filesystem::path&, const std::string& device, const ov::AnyMap& properties);
    LLMPipeline(const LLMPipeline&) = delete;
    ~LLMPipeline();
    DecodedResults generate(std::variant<std::string, std::vector<std::string>> prompts, const ov::AnyMap&);
    Tokenizer get_tokenizer();
    GenerationConfig get_generation_config() const;

private:
    Opaque<512> storage;
};

}  // namespace ov::genai
