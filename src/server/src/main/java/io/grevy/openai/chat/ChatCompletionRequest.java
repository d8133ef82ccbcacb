package io.grevy.openai.chat;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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

        @Schema(
                minimum = "0",
                maximum = "1",
                description = "The least probability of a token, as a part of the likeliest one's.")
        @Nullable Double min_p,

        @Schema(description = "Any integer of 64 bits, signed or unsigned. Random by default.") @Nullable Long seed,

        @Schema(
                implementation = Object.class,
                anyOf = {String.class, String[].class},
                description = "A string, or an array of up to 16. A choice ends before the first of them.")
        @Nullable Object stop,

        @Schema(defaultValue = "false", description = "Whether the string that ended a choice is part of it.") @Nullable Boolean include_stop_str_in_output,

        @Schema(maxItems = 16, description = "Ids of tokens that end a choice, besides the model's own.") @Nullable List<Integer> stop_token_ids,

        @Schema(minimum = "0", defaultValue = "0", description = "Before so many tokens, nothing ends a choice.")
        @Nullable Integer min_tokens,

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

        @Schema(
                minimum = "1",
                description = "From among how many candidates the n likeliest are given; not in a stream.")
        @Nullable Integer best_of,

        @Schema(defaultValue = "false", description = "Search with best_of beams instead of sampling; not in a stream.")
        @Nullable Boolean use_beam_search,

        @Schema(
                minimum = "-10",
                maximum = "10",
                defaultValue = "1",
                description = "With beams: the power of its length by which a beam's log probability is divided.")
        @Nullable Double length_penalty,

        @Schema(defaultValue = "false", description = "Tell the tokens, with their log probabilities.") @Nullable Boolean logprobs,

        @Schema(defaultValue = "true", description = "false shows special tokens in the text.") @Nullable Boolean skip_special_tokens,

        @Schema(
                maxItems = 128,
                description = "Functions that the model may call, where its chat template has a known form of calls.")
        @Nullable List<RequestTool> tools,

        @Schema(
                implementation = Object.class,
                anyOf = {String.class, NamedTool.class},
                description = "none, auto (the default), required, or one of the tools. The latter two force a call.")
        @Nullable Object tool_choice,

        @Schema(defaultValue = "true", description = "false for at most one call.") @Nullable Boolean parallel_tool_calls,

        @Schema(defaultValue = "true", description = "false leaves reasoning_content out of the answer.") @Nullable Boolean include_reasoning,

        @Schema(
                description = "type text, json_object, json_schema or structural_tag, or one of xgrammar's formats. A "
                        + "keyword of JSON Schema that can't be enforced is refused.")
        @Nullable ResponseFormat response_format,

        @Schema(description = "vLLM's form: exactly one of its members.") @Nullable StructuredOutputs structured_outputs,

        @Schema(
                enumeration = {"none", "minimal", "low", "medium", "high", "xhigh"},
                description = "Told to the chat template, as reasoning_effort and as enable_thinking.")
        @Nullable String reasoning_effort,

        @Schema(type = SchemaType.OBJECT, description = "Further variables for the chat template.") @Nullable Object chat_template_kwargs,

        @Schema(defaultValue = "true", description = "Whether the prompt ends where the model's answer begins.")
        @Nullable Boolean add_generation_prompt,

        @Schema(defaultValue = "false", description = "The model goes on with the last message, the assistant's.")
        @Nullable Boolean continue_final_message,

        @Schema(defaultValue = "false", description = "Answer as a stream of events.") @Nullable Boolean stream,

        @Schema(description = "Only with stream.") @Nullable StreamOptions stream_options) {

    /** A turn. */
    @Schema(name = "RequestMessage")
    record RequestMessage(
            @Schema(
                    required = true,
                    enumeration = {"system", "developer", "user", "assistant", "tool"})
            String role,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, ContentPart[].class},
                    description = "A string, or parts. Only an assistant's may be null.")
            Object content,

            @Schema(description = "Of a tool; of others without effect.") @Nullable String name,

            @Schema(description = "Of the assistant: what it called.") @Nullable List<RequestCall> tool_calls,

            @Schema(description = "Of a tool: which call this is the result of.") @Nullable String tool_call_id,

            @Schema(description = "Of the assistant: told to the chat template.") @Nullable String reasoning_content) {}

    /** A call of an earlier turn. */
    @Schema(name = "RequestToolCall")
    record RequestCall(
            @Schema(required = true) String id,

            @Schema(enumeration = "function") @Nullable String type,

            @Schema(required = true) CalledFunction function) {}

    /** What was called. */
    @Schema(name = "CalledFunction")
    record CalledFunction(
            @Schema(required = true) String name,

            @Schema(description = "JSON") @Nullable String arguments) {}

    /** A tool. */
    @Schema(name = "RequestTool")
    record RequestTool(
            @Schema(required = true, enumeration = "function")
            String type,

            @Schema(required = true) Function function) {}

    /** A function that the client runs. */
    @Schema(name = "Function")
    record Function(
            @Schema(required = true, pattern = "^[a-zA-Z0-9_-]{1,64}$")
            String name,

            @Nullable String description,

            @Schema(type = SchemaType.OBJECT, description = "The JSON schema of its arguments.") @Nullable Object parameters,

            @Schema(description = "Whether every call obeys the schema.") @Nullable Boolean strict) {}

    /** The tool that is to be called. */
    @Schema(name = "NamedTool")
    record NamedTool(
            @Schema(required = true, enumeration = "function")
            String type,

            @Schema(required = true) NamedFunction function) {}

    /** Its name. */
    @Schema(name = "NamedFunction")
    record NamedFunction(@Schema(required = true) String name) {}

    /** A piece of a turn. */
    @Schema(name = "ContentPart")
    record ContentPart(
            @Schema(
                    required = true,
                    enumeration = {"text", "image_url", "video_url", "video"})
            String type,

            @Schema(description = "With type text.") @Nullable String text,

            @Schema(description = "With type image_url, in messages of the user and of tools.") @Nullable ImageUrl image_url,

            @Schema(description = "With type video_url, in messages of the user and of tools.") @Nullable VideoUrl video_url,

            @Schema(
                    minItems = 1,
                    description = "With type video: its frames in their order, each as a picture's URL. Of more than 32"
                            + " as many are taken, evenly spread.")
            @Nullable List<String> video,

            @Schema(
                    description = "With type video: how many of the frames a second has; 2 by default.",
                    exclusiveMinimum = true,
                    minimum = "0",
                    maximum = "1000")
            @Nullable Double fps) {}

    /** A video. */
    @Schema(name = "VideoUrl")
    record VideoUrl(
            @Schema(
                    required = true,
                    description = "A base64 data URI, or an http or https URL, of a GIF or WebP animation; or"
                            + " data:video/jpeg;base64, with the base64 of each frame, commas between.")
            String url) {}

    /** A picture. */
    @Schema(name = "ImageUrl")
    record ImageUrl(
            @Schema(required = true, description = "A base64 data URI, or an http or https URL.")
            String url,

            @Schema(
                    enumeration = {"auto", "low", "high", "original"},
                    description = "low: scaled down to fit 512x512. Each model's preprocessor has sizes of its own.")
            @Nullable String detail) {}

    /** What the answer obeys. */
    @Schema(name = "ResponseFormat")
    record ResponseFormat(
            @Schema(required = true, examples = "json_schema")
            String type,

            @Schema(description = "With type json_schema.") @Nullable NamedSchema json_schema) {}

    /** A schema with its name. */
    @Schema(name = "NamedJsonSchema")
    record NamedSchema(
            @Schema(required = true, pattern = "^[a-zA-Z0-9_-]{1,64}$")
            String name,

            @Nullable String description,
            @Schema(type = SchemaType.OBJECT) @Nullable Object schema,

            @Schema(description = "Either way the schema is obeyed.") @Nullable Boolean strict) {}

    /** What the answer obeys, as vLLM has it. */
    @Schema(name = "StructuredOutputs")
    record StructuredOutputs(
            @Schema(description = "A JSON schema: an object, or its text.") @Nullable Object json,

            @Schema(maxLength = 2048) @Nullable String regex,

            @Schema(description = "xgrammar's EBNF, with a rule root.") @Nullable String grammar,

            @Schema(minItems = 1, description = "The answer is one of these.") @Nullable List<String> choice,

            @Schema(description = "xgrammar's structural tag: an object, or its text.") @Nullable Object structural_tag,

            @Schema(description = "true for any JSON object.") @Nullable Boolean json_object) {}

    /** How to stream. */
    @Schema(name = "StreamOptions")
    record StreamOptions(
            @Schema(description = "Send the usage in a chunk of its own before [DONE].") @Nullable Boolean include_usage,

            @Schema(description = "Accepted, without effect.") @Nullable Boolean include_obfuscation) {}
}
