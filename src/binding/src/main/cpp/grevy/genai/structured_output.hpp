#pragma once
#include <memory>
#include <optional>
#include <string>

#include "grevy/genai/generation.hpp"
#include "grevy/genai/opaque.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace ov::genai {

namespace LogitTransformers {
class ILogitTransformer;
}

class GREVY_GENAI IStructuredOutputImpl;

class GREVY_GENAI StructuredOutputController {  // SYMBOL
public:
    StructuredOutputController() = delete;
    // The library's own, behind its lock; the one that the engine uses too.
    const std::unique_ptr<IStructuredOutputImpl>& get_backend(const std::string& name);
};

// OPAQUE; IStructuredOutputImpl, of which it is the only kind, is its first base
class GREVY_GENAI XGrammarStructuredOutput {
public:
    XGrammarStructuredOutput(const Tokenizer::TokenizerImpl&, std::optional<int>);
    XGrammarStructuredOutput(const XGrammarStructuredOutput&) = delete;
    ~XGrammarStructuredOutput();
    // Compiles, and keeps what it compiled.
    std::shared_ptr<LogitTransformers::ILogitTransformer> get_logits_transformer(const GenerationConfig&);

private:
    Opaque<1024> storage;
};

}  // namespace ov::genai
