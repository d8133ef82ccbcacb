#pragma once
#include <filesystem>
#include <filesystem>
#include <memory>
#include <openvino/core/any.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "grevy/genai/opaque.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace ov::genai {

enum class GenerationStatus { RUNNING = 0, FINISHED = 1, IGNORED = 2, CANCEL = 3, STOP = 4 };
enum class GenerationFinishReason { NONE = 0, STOP = 1, LENGTH = 2, TOOL_CALL = 3 };

struct GREVY_GENAI StructuralTagItem {  // LAYOUT; never made here, but an alternative's alternative
    std::string begin, schema, end;
    bool operator==(const StructuralTagItem& o) const { return begin == o.begin && schema == o.schema && end == o.end; }
};

struct GREVY_GENAI StructuralTagsConfig {  // LAYOUT; never made here, but the largest of the alternatives below
    std::vector<StructuralTagItem> structural_tags;
    std::vector<std::string> triggers;
    bool operator==(const StructuralTagsConfig& o) const {
        return structural_tags == o.structural_tags && triggers == o.triggers;
    }
};

class GREVY_GENAI StructuredOutputConfig {  // OPAQUE; travels in an ov::Any
public:
    // LAYOUT of the alternatives, whose sizes count; of them only the text is ever made here.  The variant's type is
    // told apart by its name, which lists all of them: another list is refused by the library.
    struct Regex { std::string value; bool operator==(const Regex& o) const { return value == o.value; } };
    struct JSONSchema { std::string value; bool operator==(const JSONSchema& o) const { return value == o.value; } };
    struct EBNF { std::string value; bool operator==(const EBNF& o) const { return value == o.value; } };
    struct ConstString { std::string value; bool operator==(const ConstString& o) const { return value == o.value; } };
    struct AnyText { bool operator==(const AnyText&) const { return true; } };
    struct QwenXMLParametersFormat {
        std::string json_schema;
        bool operator==(const QwenXMLParametersFormat& o) const { return json_schema == o.json_schema; }
    };
    struct Concat;
    struct Union;
    struct Tag;
    struct TriggeredTags;
    struct TagsWithSeparator;
    using StructuralTag = std::variant<std::string, Regex, JSONSchema, EBNF, ConstString, AnyText, QwenXMLParametersFormat,
                                       std::shared_ptr<Concat>, std::shared_ptr<Union>, std::shared_ptr<Tag>,
                                       std::shared_ptr<TriggeredTags>, std::shared_ptr<TagsWithSeparator>>;
    using StructuralTags = std::variant<StructuralTagsConfig, StructuralTag>;

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
