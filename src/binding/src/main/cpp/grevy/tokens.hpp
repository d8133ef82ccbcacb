#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "grevy/bytes.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/tokenizer.hpp"

namespace grevy {
namespace genai = ov::genai;

inline std::vector<int64_t> encode(genai::Tokenizer& tokenizer, const std::string& prompt, bool addSpecialTokens) {
    const genai::TokenizedInputs inputs =
        tokenizer.encode(prompt, ov::AnyMap{{"add_special_tokens", addSpecialTokens}});
    const ov::Tensor& ids = inputs.input_ids;
    if (ids.get_element_type() != ov::element::i64 || ids.get_shape().size() != 2 || ids.get_shape()[0] != 1)
        throw std::runtime_error("the tokenizer's result isn't a row of 64-bit ids");
    const int64_t* first = ids.get_size() == 0 ? nullptr : static_cast<const int64_t*>(ids.data());
    return std::vector<int64_t>(first, first + ids.get_size());
}

// A pipeline's tokenizer.  The library keeps a pool of inference requests for it: any thread may call.
class Tokens {
public:
    template <class Pipeline>
    explicit Tokens(Pipeline& pipeline) : tokenizer(pipeline.get_tokenizer()), original(tokenizer.get_chat_template()) {}

    void encode(const char* prompt, int64_t length, bool addSpecialTokens, Longs& out) {
        guarded([&] { out.content = grevy::encode(tokenizer, text(prompt, length), addSpecialTokens); });
    }

    void decode(const int64_t* tokens, int64_t count, bool skipSpecialTokens, Bytes& out) {
        guarded([&] {
            out.content = tokenizer.decode(std::vector<int64_t>(tokens, tokens + count),
                                           ov::AnyMap{{"skip_special_tokens", skipSpecialTokens}});
        });
    }

    // Each text but the messages may be empty: the model's own template, no extra context, no tools.
    void applyChatTemplate(const char* messages, int64_t messagesLength,
                           bool addGenerationPrompt,
                           const char* chatTemplate, int64_t chatTemplateLength,
                           const char* extraContext, int64_t extraContextLength,
                           const char* tools, int64_t toolsLength,
                           Bytes& out) {
        guarded([&] {
            genai::ChatHistory history(genai::JsonContainer::from_json_string(text(messages, messagesLength)));
            if (extraContextLength > 0)
                history.set_extra_context(genai::JsonContainer::from_json_string(text(extraContext, extraContextLength)));
            if (toolsLength > 0)
                history.set_tools(genai::JsonContainer::from_json_string(text(tools, toolsLength)));
            const std::string wanted = chatTemplateLength > 0 ? text(chatTemplate, chatTemplateLength) : original;
            if (wanted.empty())
                throw std::runtime_error("the model has no chat template");
            out.content = tokenizer.apply_chat_template(history, addGenerationPrompt, wanted, none(), none());
        });
    }

    void chatTemplate(Bytes& out) const { out.content = original; }
    int64_t endOfSequence() const { return tokenizer.get_eos_token_id(); }
    int64_t beginOfSequence() const { return tokenizer.get_bos_token_id(); }
    int64_t vocabularySize() const { return guarded([&] { return int64_t(tokenizer.get_vocab_vector().size()); }); }

    // All the tokens' bytes: for each its length in four bytes, then the bytes themselves.
    void vocabulary(Bytes& out) const {
        guarded([&] {
            for (const std::string& token : tokenizer.get_vocab_vector()) {
                const int32_t length = static_cast<int32_t>(token.size());
                out.content.append(reinterpret_cast<const char*>(&length), sizeof length);
                out.content.append(token);
            }
        });
    }

    // Makes the engine's own templating hand our prompt on as it is.  Switching it off instead, with
    // apply_chat_template=false, would add a second begin-of-sequence token to a prompt which has one.
    void passPromptsThrough() { tokenizer.set_chat_template("{{ messages[0]['content'] }}"); }

    genai::Tokenizer tokenizer;

private:
    // An empty optional, whatever the real size of a JsonContainer.
    static const std::optional<genai::JsonContainer>& none() {
        static const genai::Opaque<8192> zeroes{};
        return reinterpret_cast<const std::optional<genai::JsonContainer>&>(zeroes);
    }

    const std::string original;
};

}  // namespace grevy
