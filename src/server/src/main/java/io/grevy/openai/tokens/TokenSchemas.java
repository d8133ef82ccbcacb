package io.grevy.openai.tokens;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of requests and answers; the readers and {@code toJson} make them. */
final class TokenSchemas {

    private TokenSchemas() {}

    @Schema(name = "TokenizeRequest", description = "Either text or prompt. null counts as absent.")
    record Tokenize(
            @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
            String model,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, String[].class},
                    description = "A text, or an array of up to 1024; together up to 1048576 characters.")
            @Nullable Object text,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, String[].class},
                    description = "The same under vLLM's name.")
            @Nullable Object prompt,

            @Schema(
                    defaultValue = "true",
                    description = "Add the tokens that begin and end a text, as the model has it.")
            @Nullable Boolean add_special_tokens,

            @Schema(minimum = "1", maximum = "1048576", description = "Longer texts are cut at their end.") @Nullable Integer max_length,

            @Schema(defaultValue = "false", description = "Shorter texts are filled up.") @Nullable Boolean pad_to_max_length,

            @Schema(
                    enumeration = {"left", "right"},
                    defaultValue = "right",
                    description = "Where they are filled up; only with pad_to_max_length.")
            @Nullable String padding_side,

            @Schema(defaultValue = "false", description = "Only false is supported.") @Nullable Boolean return_token_strs) {}

    @Schema(name = "TokenizeAnswer")
    record Tokens(
            @Schema(required = true, description = "How many tokens there are in all.")
            int count,

            @Schema(required = true, nullable = true, description = "The model's context length, if it is known.")
            @Nullable Integer max_model_len,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {Integer[].class, Integer[][].class},
                    description = "The text's tokens; of an array of texts, an array for each.")
            Object tokens) {}

    @Schema(name = "DetokenizeRequest")
    record Detokenize(
            @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
            String model,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {Integer[].class, Integer[][].class},
                    description = "Ids of tokens, or an array of up to 1024 such arrays; together up to 262144.")
            Object tokens,

            @Schema(defaultValue = "false", description = "Leave special tokens out of the text.") @Nullable Boolean skip_special_tokens) {}

    @Schema(name = "DetokenizeAnswer")
    record Texts(
            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {String.class, String[].class},
                    description = "The tokens' text; of an array of arrays, one for each.")
            Object prompt) {}
}
