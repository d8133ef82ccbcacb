#pragma once
#include <filesystem>
#include <memory>
#include <openvino/core/any.hpp>
#include <set>
#include <string>

#include "grevy/bytes.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/continuous_batching_pipeline.hpp"
#include "grevy/genai/generation.hpp"
#include "grevy/scheduling.hpp"

namespace grevy {
namespace genai = ov::genai;

// Named values, each of exactly the type that the engine reads: ov::Any doesn't convert between all of them.
class Options {
public:
    Options() {}
    void putText(const char* name, int64_t length, const char* value, int64_t valueLength) {
        map[text(name, length)] = text(value, valueLength);
    }
    void putLong(const char* name, int64_t length, int64_t value) { map[text(name, length)] = value; }
    void putSize(const char* name, int64_t length, int64_t value) {
        map[text(name, length)] = static_cast<std::size_t>(value);
    }
    void putFloat(const char* name, int64_t length, float value) { map[text(name, length)] = value; }
    void putDouble(const char* name, int64_t length, double value) { map[text(name, length)] = value; }
    void putBoolean(const char* name, int64_t length, bool value) { map[text(name, length)] = value; }
    void putTokens(const char* name, int64_t length, const int64_t* values, int64_t count) {
        map[text(name, length)] = std::set<int64_t>(values, values + count);
    }
    void addText(const char* name, int64_t length, const char* value, int64_t valueLength) {
        const std::string key = text(name, length);
        sets[key].insert(text(value, valueLength));
        map[key] = sets[key];
    }
    void putAll(const char* name, int64_t length, const Options& values) { map[text(name, length)] = values.map; }

    // A smaller model that guesses.  The engine gives it the main model's number of batched tokens, if its own scheduling
    // isn't the default; 0 makes sure of that, since for the default it would take part of the main model's cache.
    void putDraftModel(const char* model, int64_t length, const char* device, int64_t deviceLength,
                       const Scheduling& scheduling) {
        guarded([&] {
            genai::SchedulerConfig config(scheduling.config);
            config.max_num_batched_tokens = 0;
            map.insert(genai::draft_model(std::filesystem::path(text(model, length)), text(device, deviceLength),
                                          ov::AnyMap{{"scheduler_config", config}}));
        });
    }

    // json_schema, regex, grammar, or structural_tag, which is xgrammar's JSON.
    void putStructure(const char* kind, int64_t length, const char* value, int64_t valueLength) {
        guarded([&] {
            const std::string name = text(kind, length);
            ov::AnyMap one;
            if (name == "structural_tag")
                one["structural_tags_config"] = genai::StructuredOutputConfig::StructuralTags(
                    genai::StructuredOutputConfig::StructuralTag(text(value, valueLength)));
            else
                one[name] = text(value, valueLength);
            structure = std::make_unique<genai::StructuredOutputConfig>(one);
            map["structured_output_config"] = ov::Any(genai::StructuredOutputConfig(*structure));
        });
    }

    ov::AnyMap map;
    std::unique_ptr<genai::StructuredOutputConfig> structure;

private:
    std::map<std::string, std::set<std::string>> sets;
};

// The model's own configuration with the request's options over it, proved to be in range.
class RequestConfig {
public:
    RequestConfig(const genai::GenerationConfig& base, const Options& options) : config(base) {
        config.update_generation_config(options.map);
        config.validate();
    }

    // Only where no step can run meanwhile: it asks the tokenizer for what the engine replaces without a lock.
    RequestConfig(const genai::GenerationConfig& base, const Options& options, genai::Tokenizer& tokenizer)
        : RequestConfig(base, options) {
        // Parses it here: a bad one would pass add_request, and then make this and every later step() throw.
        if (options.structure)
            options.structure->validate(tokenizer);
    }

    genai::GenerationConfig config;
};

}  // namespace grevy
