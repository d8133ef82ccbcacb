#pragma once
#include <openvino/core/any.hpp>
#include <openvino/runtime/tensor.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grevy/genai/opaque.hpp"

namespace ov::genai {

class GREVY_GENAI JsonContainer {  // OPAQUE
public:
    JsonContainer(JsonContainer&&) noexcept;
    JsonContainer(const JsonContainer&);
    ~JsonContainer();
    static JsonContainer from_json_string(const std::string&);

private:
    Opaque<512> storage;
};

class GREVY_GENAI ChatHistory {  // OPAQUE
public:
    explicit ChatHistory(const JsonContainer&);
    ChatHistory(const ChatHistory&) = delete;
    ~ChatHistory();
    ChatHistory& set_tools(const JsonContainer&);
    ChatHistory& set_extra_context(const JsonContainer&);

private:
    Opaque<2048> storage;
};

struct GREVY_GENAI TokenizedInputs {  // LAYOUT of the first member, whose type and shape are checked at each use
    ov::Tensor input_ids;
    Opaque<512> tail;
    TokenizedInputs(const TokenizedInputs&) = delete;
    ~TokenizedInputs();
};

class StructuredOutputController;

class GREVY_GENAI Tokenizer {  // OPAQUE but for its one member, a shared_ptr, of which the first word is read
public:
    class GREVY_GENAI TokenizerImpl {  // SYMBOL
    public:
        TokenizerImpl() = delete;
        std::shared_ptr<StructuredOutputController> get_structured_output_controller(std::optional<int>);
    };
    TokenizerImpl& impl() const { return **reinterpret_cast<TokenizerImpl* const*>(storage.bytes); }
    Tokenizer(const Tokenizer&) = delete;
    ~Tokenizer();
    TokenizedInputs encode(const std::string&, const ov::AnyMap& = {});
    std::string decode(const std::vector<int64_t>&, const ov::AnyMap& = {});
    std::string apply_chat_template(const ChatHistory&,
                                    bool,
                                    const std::string&,
                                    const std::optional<JsonContainer>&,
                                    const std::optional<JsonContainer>&) const;
    std::string get_chat_template() const;
    void set_chat_template(const std::string&);
    int64_t get_eos_token_id() const;
    int64_t get_bos_token_id() const;
    const std::vector<std::string>& get_vocab_vector() const;

private:
    Opaque<256> storage;
};

}  // namespace ov::genai
