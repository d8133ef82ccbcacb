package io.grevy.openai.responses;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of responses; {@link ResponseReader} reads them. A test holds the two against each other. */
final class ResponseSchemas {

    private ResponseSchemas() {}

    @Schema(
            name = "ResponseRequest",
            description = "null counts as absent. Other parameters are refused by name, "
                    + "but for values that ask for what happens anyhow.")
    record Request(
            @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
            String model,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {String.class, Item[].class},
                    description = "A text of the user, or all items of the conversation.")
            Object input,

            @Schema(description = "A system message before all others.") @Nullable String instructions,

            @Schema(minimum = "1", description = "The most tokens of the answer. By default what the context leaves.")
            @Nullable Integer max_output_tokens,

            @Schema(minimum = "0", maximum = "2", description = "0 for the most likely token each time.") @Nullable Double temperature,

            @Schema(minimum = "0", exclusiveMinimum = true, maximum = "1") @Nullable Double top_p,

            @Schema(minimum = "-1", description = "At least 1, or -1 for all tokens.") @Nullable Integer top_k,

            @Schema(minimum = "0", maximum = "1") @Nullable Double min_p,

            @Schema(description = "Any integer of 64 bits, signed or unsigned. Random by default.") @Nullable Long seed,

            @Schema(minimum = "-2", maximum = "2") @Nullable Double frequency_penalty,
            @Schema(minimum = "-2", maximum = "2") @Nullable Double presence_penalty,

            @Schema(minimum = "0", exclusiveMinimum = true, maximum = "100", description = "1 for none.") @Nullable Double repetition_penalty,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, String[].class},
                    description = "A string, or an array of up to 16. The answer ends before the first of them.")
            @Nullable Object stop,

            @Schema(description = "Go on past the model's end of sequence, for measurements.") @Nullable Boolean ignore_eos,

            @Schema(
                    maxItems = 128,
                    description = "Functions that the model may call, where its chat template has a known form.")
            @Nullable List<FunctionTool> tools,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Choice.class},
                    description = "none, auto (the default), required, one of the functions, or allowed_tools.")
            @Nullable Object tool_choice,

            @Schema(defaultValue = "true", description = "false for at most one call.") @Nullable Boolean parallel_tool_calls,

            @Schema(description = "What the answer obeys.") @Nullable TextConfig text,

            @Nullable Reasoning reasoning,

            @Schema(description = "message.output_text.logprobs for the tokens of the text.") @Nullable List<String> include,

            @Schema(defaultValue = "false", description = "Answer as a stream of events.") @Nullable Boolean stream,

            @Schema(type = SchemaType.OBJECT, description = "Up to 16 pairs of strings; comes back in the answer.")
            @Nullable Object metadata,

            @Schema(description = "Comes back in the answer.") @Nullable String user,

            @Schema(description = "Comes back in the answer.") @Nullable String safety_identifier,

            @Schema(description = "Comes back in the answer.") @Nullable String prompt_cache_key,

            @Schema(
                    minimum = "1",
                    description = "Comes back in the answer: it bounds tools that this server has none of.")
            @Nullable Integer max_tool_calls) {}

    @Schema(name = "ResponseInputItem", description = "A message unless its type says otherwise.")
    record Item(
            @Schema(enumeration = {"message", "function_call", "function_call_output", "reasoning"}) @Nullable String type,

            @Schema(
                    enumeration = {"user", "assistant", "system", "developer"},
                    description = "Of a message.")
            @Nullable String role,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Part[].class},
                    description = "Of a message: a string, or parts; of reasoning: its parts.")
            @Nullable Object content,

            @Schema(description = "Of a call and of what it gave.") @Nullable String call_id,

            @Schema(description = "Of a call.") @Nullable String name,

            @Schema(description = "Of a call: JSON.") @Nullable String arguments,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Part[].class},
                    description = "What a call gave: a string, or parts, pictures among them.")
            @Nullable Object output) {}

    @Schema(name = "ResponseInputPart")
    record Part(
            @Schema(
                    required = true,
                    enumeration = {"input_text", "input_image", "output_text", "refusal", "reasoning_text"})
            String type,

            @Nullable String text,

            @Schema(description = "A base64 data URI, or an http or https URL.") @Nullable String image_url,

            @Schema(
                    enumeration = {"auto", "low", "high", "original"},
                    description = "low: scaled down to fit 512x512.")
            @Nullable String detail) {}

    @Schema(name = "ResponseFunction")
    record FunctionTool(
            @Schema(required = true, enumeration = "function")
            String type,

            @Schema(required = true, pattern = "^[a-zA-Z0-9_-]{1,64}$")
            String name,

            @Schema(nullable = true) @Nullable String description,

            @Schema(type = SchemaType.OBJECT, nullable = true, description = "The JSON schema of its arguments.")
            @Nullable Object parameters,

            @Schema(nullable = true, description = "Whether every call obeys the schema; false by default.") @Nullable Boolean strict) {}

    @Schema(name = "ResponseToolChoice")
    record Choice(
            @Schema(
                    required = true,
                    enumeration = {"function", "allowed_tools"})
            String type,

            @Nullable String name,

            @Schema(enumeration = {"auto", "required"}) @Nullable String mode,

            @Nullable List<Object> tools) {}

    @Schema(name = "ResponseText")
    record TextConfig(
            @Schema(description = "type text, json_object or json_schema; a schema stands beside its type.") @Nullable Format format,

            @Schema(enumeration = "medium") @Nullable String verbosity) {}

    @Schema(name = "ResponseTextFormat")
    record Format(
            @Schema(
                    required = true,
                    enumeration = {"text", "json_object", "json_schema"})
            String type,

            @Schema(pattern = "^[a-zA-Z0-9_-]{1,64}$") @Nullable String name,

            @Nullable String description,
            @Schema(type = SchemaType.OBJECT) @Nullable Object schema,

            @Schema(description = "Either way the schema is obeyed.") @Nullable Boolean strict) {}

    @Schema(name = "ResponseReasoning")
    record Reasoning(
            @Schema(
                    nullable = true,
                    enumeration = {"none", "minimal", "low", "medium", "high", "xhigh"},
                    description = "Told to the chat template, as reasoning_effort and as enable_thinking.")
            @Nullable String effort,

            @Schema(nullable = true, enumeration = "auto") @Nullable String summary) {}

    @Schema(name = "Response")
    record Whole(
            @Schema(required = true, examples = "resp_4c1f0b6a")
            String id,

            @Schema(required = true, enumeration = "response")
            String object,

            @Schema(required = true, description = "Seconds since 1970.")
            long created_at,

            @Schema(
                    required = true,
                    enumeration = {"in_progress", "completed", "incomplete", "failed"})
            String status,

            @Schema(required = true, nullable = true, description = "With status failed.") @Nullable Failure error,

            @Schema(required = true, nullable = true, description = "With status incomplete.") @Nullable Incomplete incomplete_details,

            @Schema(required = true) String model,
            @Schema(required = true) List<OutputItem> output,

            @Schema(required = true, nullable = true, description = "null before the answer's end.") @Nullable Usage usage,

            @Schema(required = true, description = "Always false.")
            boolean background,

            @Schema(required = true, nullable = true) @Nullable String instructions,

            @Schema(required = true, nullable = true) @Nullable Integer max_output_tokens,

            @Schema(required = true, nullable = true) @Nullable Integer max_tool_calls,

            @Schema(required = true, type = SchemaType.OBJECT)
            Object metadata,

            @Schema(required = true) boolean parallel_tool_calls,

            @Schema(required = true, nullable = true, description = "Always null.") @Nullable String previous_response_id,

            @Schema(required = true, nullable = true) @Nullable String prompt_cache_key,

            @Schema(required = true) Reasoning reasoning,

            @Schema(required = true, nullable = true) @Nullable String safety_identifier,

            @Schema(required = true) String service_tier,

            @Schema(required = true, description = "Always false.")
            boolean store,

            @Schema(required = true, nullable = true, description = "null for the model's own.") @Nullable Double temperature,

            @Schema(required = true) TextConfig text,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {String.class, Choice.class})
            Object tool_choice,

            @Schema(required = true) List<FunctionTool> tools,
            @Schema(required = true) int top_logprobs,

            @Schema(required = true, nullable = true, description = "null for the model's own.") @Nullable Double top_p,

            @Schema(required = true, enumeration = "disabled")
            String truncation,

            @Schema(required = true, nullable = true) @Nullable String user) {}

    @Schema(name = "ResponseError")
    record Failure(
            @Schema(required = true) String code,
            @Schema(required = true) String message) {}

    @Schema(name = "ResponseIncompleteDetails")
    record Incomplete(
            @Schema(required = true, enumeration = "max_output_tokens")
            String reason) {}

    @Schema(name = "ResponseOutputItem", description = "A message, a call of a function, or reasoning.")
    record OutputItem(
            @Schema(required = true) String id,

            @Schema(
                    required = true,
                    enumeration = {"message", "function_call", "reasoning"})
            String type,

            @Schema(
                    required = true,
                    enumeration = {"in_progress", "completed", "incomplete"})
            String status,

            @Schema(enumeration = "assistant", description = "Of a message.") @Nullable String role,

            @Schema(description = "Of a message and of reasoning.") @Nullable List<OutputPart> content,

            @Schema(description = "Of reasoning: always empty.") @Nullable List<Object> summary,

            @Schema(description = "Of a call.") @Nullable String call_id,
            @Schema(description = "Of a call.") @Nullable String name,

            @Schema(description = "Of a call: a JSON object, unless the model was cut short or wrote something else.")
            @Nullable String arguments) {}

    @Schema(name = "ResponseOutputPart")
    record OutputPart(
            @Schema(
                    required = true,
                    enumeration = {"output_text", "reasoning_text"})
            String type,

            @Schema(required = true) String text,

            @Schema(description = "Of text: always empty.") @Nullable List<Object> annotations,

            @Schema(description = "Of text: its tokens, where they were asked for.") @Nullable List<Object> logprobs) {}

    @Schema(name = "ResponseUsage")
    record Usage(
            @Schema(required = true, description = "The prompt's tokens, its pictures' included.")
            int input_tokens,

            @Schema(required = true, description = "Always of 0: the engine does not tell what it had in its cache.")
            InputDetails input_tokens_details,

            @Schema(required = true) int output_tokens,
            @Schema(required = true) OutputDetails output_tokens_details,
            @Schema(required = true) int total_tokens) {}

    @Schema(name = "ResponseInputTokens")
    record InputDetails(
            @Schema(required = true) int cached_tokens,
            @Schema(required = true) int cache_write_tokens) {}

    @Schema(name = "ResponseOutputTokens")
    record OutputDetails(@Schema(required = true) int reasoning_tokens) {}

    @Schema(
            name = "ResponseEvent",
            description = "The data of one event. Further members are those of its type: response, item, part, delta, "
                    + "text, arguments, and the place in the output.")
    record Event(
            @Schema(required = true, examples = "response.output_text.delta")
            String type,

            @Schema(required = true, minimum = "0") int sequence_number,

            @Nullable Whole response,
            @Nullable OutputItem item,
            @Nullable OutputPart part,
            @Nullable String item_id,
            @Nullable Integer output_index,
            @Nullable Integer content_index,
            @Nullable String delta,
            @Nullable String text,
            @Nullable String name,
            @Nullable String arguments,
            @Nullable List<Object> logprobs) {}
}
