package io.grevy.openai.chat;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of a request; {@link ChatRequestReader} reads it. A test holds the two against each other. */
@Schema(
        name = "ChatCompletionRequest",
        description = "null counts as absent. Other parameters of OpenAI and vLLM are accepted where their value asks "
                + "for what happens anyhow, and refused by name where it doesn't.")
record ChatCompletionRequest(
        @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
        String model,

        @Schema(required = true, minItems = 1) List<RequestMessage> messages,

        @Schema(minimum = "1", description = "The older name of max_completion_tokens; they must not differ.") @Nullable Integer max_tokens,

        @Schema(minimum = "1", description = "The most tokens of a choice. By default what the context leaves.")
        @Nullable Integer max_completion_tokens,

        @Schema(minimum = "0", maximum = "2", description = "0 for the most likely token each time.") @Nullable Double temperature,

        @Schema(minimum = "0", exclusiveMinimum = true, maximum = "1") @Nullable Double top_p,

        @Schema(minimum = "-1", description = "At least 1, or -1 for all tokens.") @Nullable Integer top_k,

        @Schema(description = "Any integer of 64 bits, signed or unsigned. Random by default.") @Nullable Long seed,

        @Schema(
                implementation = Object.class,
                anyOf = {String.class, String[].class},
                description = "A string, or an array of up to 16. A choice ends before the first of them.")
        @Nullable Object stop,

        @Schema(minimum = "-2", maximum = "2") @Nullable Double frequency_penalty,
        @Schema(minimum = "-2", maximum = "2") @Nullable Double presence_penalty,

        @Schema(minimum = "0", exclusiveMinimum = true, maximum = "100", description = "1 for none.") @Nullable Double repetition_penalty,

        @Schema(description = "Go on past the model's end of sequence, for measurements.") @Nullable Boolean ignore_eos,

        @Schema(
                minimum = "1",
                maximum = "64",
                description =
                        "Tokens guessed at a time, 5 by default; for a model with a draft model or prompt lookup.")
        @Nullable Integer num_assistant_tokens,

        @Schema(
                minimum = "0",
                exclusiveMinimum = true,
                maximum = "1",
                description = "Guess on while the draft model is as sure as this; instead of num_assistant_tokens.")
        @Nullable Double assistant_confidence_threshold,

        @Schema(
                minimum = "1",
                maximum = "64",
                description = "Tokens in a row that are looked up, 3 by default; for a model with prompt lookup.")
        @Nullable Integer max_ngram_size,

        @Schema(minimum = "1", defaultValue = "1", description = "The server's grevy.max_choices bounds it.") @Nullable Integer n,

        @Schema(defaultValue = "false", description = "Answer as a stream of events.") @Nullable Boolean stream,

        @Schema(description = "Only with stream.") @Nullable StreamOptions stream_options) {

    /** A turn. */
    @Schema(name = "RequestMessage")
    record RequestMessage(
            @Schema(
                    required = true,
                    enumeration = {"system", "developer", "user", "assistant"})
            String role,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, ContentPart[].class},
                    description = "A string, or parts. Only an assistant's may be null.")
            Object content,

            @Schema(description = "Accepted, without effect.") @Nullable String name) {}

    /** A piece of a turn. */
    @Schema(name = "ContentPart")
    record ContentPart(
            @Schema(
                    required = true,
                    enumeration = {"text", "image_url"})
            String type,

            @Schema(description = "With type text.") @Nullable String text,

            @Schema(description = "With type image_url, in messages of the user.") @Nullable ImageUrl image_url) {}

    /** A picture. */
    @Schema(name = "ImageUrl")
    record ImageUrl(
            @Schema(required = true, description = "A base64 data URI, or an http or https URL.")
            String url,

            @Schema(
                    enumeration = {"auto", "low", "high"},
                    description = "Accepted, without effect: each model's preprocessor has its own sizes.")
            @Nullable String detail) {}

    /** How to stream. */
    @Schema(name = "StreamOptions")
    record StreamOptions(
            @Schema(description = "Send the usage in a chunk of its own before [DONE].") @Nullable Boolean include_usage,

            @Schema(description = "Accepted, without effect.") @Nullable Boolean include_obfuscation) {}
}
