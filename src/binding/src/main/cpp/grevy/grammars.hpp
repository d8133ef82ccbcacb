#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "grevy/genai/structured_output.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace grevy {
namespace genai = ov::genai;

// Compiles structures outside of the loop, into the engine's own cache: there the next step finds them, and doesn't
// hold up every other request.  The cache has no bound, so it is dropped after a while.
class Grammars {
public:
    explicit Grammars(genai::Tokenizer& tokenizer) : tokenizer(tokenizer) {}

    // Any thread.  Throws what compiling throws.
    void compile(const genai::GenerationConfig& config) {
        std::shared_ptr<genai::StructuredOutputController> engines;
        {
            std::lock_guard<std::mutex> lock(mutex);
            engines = controller;
            compiled++;
        }
        if (engines) {
            const auto& backend = engines->get_backend("xgrammar");
            reinterpret_cast<genai::XGrammarStructuredOutput*>(backend.get())->get_logits_transformer(config);
        } else {
            // The engine has none yet, since it has generated nothing yet: there is nobody to hold up.
            compileApart(tokenizer, config);
        }
    }

    // Only to learn whether it can be compiled.  Any thread.
    static void compileApart(const genai::Tokenizer& tokenizer, const genai::GenerationConfig& config) {
        genai::XGrammarStructuredOutput own(tokenizer.impl(), std::nullopt);
        own.get_logits_transformer(config);
    }

    // The loop's thread only, after a step: the engine makes and replaces its controller there, without a lock.
    void stepped() {
        std::lock_guard<std::mutex> lock(mutex);
        if (compiled > MOST_COMPILED) {
            compiled = 0;
            // For a vocabulary that no model has: so the engine replaces it with its next request, by a fresh one.
            placeholder = tokenizer.impl().get_structured_output_controller(1);
        }
        controller = tokenizer.impl().get_structured_output_controller(std::nullopt);
        if (controller == placeholder)
            controller.reset();
        else
            placeholder.reset();
    }

private:
    static constexpr int MOST_COMPILED = 256;
    genai::Tokenizer& tokenizer;
    std::mutex mutex;
    std::shared_ptr<genai::StructuredOutputController> controller;
    std::shared_ptr<genai::StructuredOutputController> placeholder;
    int compiled = 0;
};

}  // namespace grevy
