package io.grevy.anthropic;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of messages; {@link MessageReader} reads them. A test holds the two against each other. */
final class MessageSchemas {

    private MessageSchemas() {}

    @Schema(
            name = "MessageRequest",
            description = "null counts as absent. Other parameters are refused by name, "
                    + "but for values that ask for what happens anyhow.")
    record Request(
            @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
            String model,

            @Schema(
                    required = true,
                    minItems = 1,
                    description = "The model goes on with the last one if that is the assistant's.")
            List<Turn> messages,

            @Schema(required = true, minimum = "1", description = "The most tokens of the answer.")
            int max_tokens,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Block[].class},
                    description = "A string, or blocks of text.")
            @Nullable Object system,

            @Schema(maxItems = 16, description = "The answer ends before the first of them.") @Nullable List<String> stop_sequences,

            @Schema(minimum = "0", maximum = "2", description = "0 for the most likely token each time.") @Nullable Double temperature,

            @Schema(minimum = "0", exclusiveMinimum = true, maximum = "1") @Nullable Double top_p,

            @Schema(minimum = "-1", description = "At least 1, or -1 for all tokens.") @Nullable Integer top_k,

            @Schema(minimum = "0", maximum = "1") @Nullable Double min_p,

            @Schema(description = "Any integer of 64 bits, signed or unsigned. Random by default.") @Nullable Long seed,

            @Schema(minimum = "-2", maximum = "2") @Nullable Double frequency_penalty,
            @Schema(minimum = "-2", maximum = "2") @Nullable Double presence_penalty,

            @Schema(minimum = "0", exclusiveMinimum = true, maximum = "100", description = "1 for none.") @Nullable Double repetition_penalty,

            @Schema(description = "Go on past the model's end of sequence, for measurements.") @Nullable Boolean ignore_eos,

            @Schema(
                    maxItems = 128,
                    description = "Tools that the model may call, where its chat template has a known form of calls.")
            @Nullable List<Tool> tools,

            @Nullable Choice tool_choice,

            @Schema(description = "Off by default. enabled needs a model whose form of reasoning is known.") @Nullable Thinking thinking,

            @Schema(description = "What the answer obeys, and the effort of which the chat template is told.") @Nullable Config output_config,

            @Schema(defaultValue = "false", description = "Answer as a stream of events.") @Nullable Boolean stream) {}

    @Schema(name = "MessageCountRequest", description = "As of a message.")
    record ToCount(
            @Schema(required = true, minLength = 1) String model,
            @Schema(required = true, minItems = 1) List<Turn> messages,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Block[].class})
            @Nullable Object system,

            @Nullable List<Tool> tools,
            @Nullable Choice tool_choice,
            @Nullable Thinking thinking,
            @Nullable Config output_config) {}

    @Schema(name = "MessageTurn")
    record Turn(
            @Schema(
                    required = true,
                    enumeration = {"user", "assistant", "system"})
            String role,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {String.class, Block[].class},
                    description = "A string, or blocks.")
            Object content) {}

    @Schema(name = "MessageBlock", description = "The members are those of its type.")
    record Block(
            @Schema(
                    required = true,
                    enumeration = {"text", "image", "tool_use", "tool_result", "thinking"})
            String type,

            @Nullable String text,

            @Schema(description = "Of an image, in messages of the user and in results of tools.") @Nullable Source source,

            @Schema(description = "Of tool_use.") @Nullable String id,
            @Schema(description = "Of tool_use.") @Nullable String name,

            @Schema(type = SchemaType.OBJECT, description = "Of tool_use.") @Nullable Object input,

            @Schema(description = "Of tool_result.") @Nullable String tool_use_id,

            @Schema(
                    implementation = Object.class,
                    anyOf = {String.class, Block[].class},
                    description = "Of tool_result: a string, or blocks of text and pictures.")
            @Nullable Object content,

            @Schema(description = "Of tool_result: whether the tool failed.") @Nullable Boolean is_error,

            @Nullable String thinking,
            @Nullable String signature) {}

    @Schema(name = "MessageImageSource")
    record Source(
            @Schema(
                    required = true,
                    enumeration = {"base64", "url"})
            String type,

            @Schema(enumeration = {"image/jpeg", "image/png", "image/gif", "image/webp"}) @Nullable String media_type,

            @Nullable String data,

            @Schema(description = "An http or https URL, or a data URI.") @Nullable String url) {}

    @Schema(name = "MessageTool")
    record Tool(
            @Schema(required = true, pattern = "^[a-zA-Z0-9_-]{1,64}$")
            String name,

            @Nullable String description,

            @Schema(required = true, type = SchemaType.OBJECT, description = "The JSON schema of its input.")
            Object input_schema,

            @Schema(description = "Whether every call obeys the schema.") @Nullable Boolean strict) {}

    @Schema(name = "MessageToolChoice")
    record Choice(
            @Schema(
                    required = true,
                    enumeration = {"auto", "any", "tool", "none"})
            String type,

            @Schema(description = "With tool.") @Nullable String name,

            @Schema(description = "true for at most one call.") @Nullable Boolean disable_parallel_tool_use) {}

    @Schema(name = "MessageThinking")
    record Thinking(
            @Schema(
                    required = true,
                    enumeration = {"enabled", "disabled", "adaptive"})
            String type,

            @Schema(minimum = "1", description = "With enabled: a wish, below max_tokens. Only max_tokens is a bound.")
            @Nullable Integer budget_tokens) {}

    @Schema(name = "MessageOutputConfig")
    record Config(
            @Nullable Format format,

            @Schema(enumeration = {"low", "medium", "high", "xhigh"}) @Nullable String effort) {}

    @Schema(name = "MessageOutputFormat")
    record Format(
            @Schema(required = true, enumeration = "json_schema")
            String type,

            @Schema(required = true, type = SchemaType.OBJECT)
            Object schema) {}

    @Schema(name = "Message")
    record Whole(
            @Schema(required = true, examples = "msg_4c1f0b6a")
            String id,

            @Schema(required = true, enumeration = "message")
            String type,

            @Schema(required = true, enumeration = "assistant")
            String role,

            @Schema(required = true) String model,
            @Schema(required = true) List<AnswerBlock> content,

            @Schema(
                    required = true,
                    nullable = true,
                    description = "end_turn, max_tokens, stop_sequence or tool_use; null where the answer begins.")
            @Nullable String stop_reason,

            @Schema(required = true, nullable = true, description = "The one that ended it, if one did.") @Nullable String stop_sequence,

            @Schema(required = true) Usage usage) {}

    @Schema(name = "MessageAnswerBlock", description = "Text, thinking, or a call of a tool.")
    record AnswerBlock(
            @Schema(
                    required = true,
                    enumeration = {"text", "thinking", "tool_use"})
            String type,

            @Nullable String text,

            @Schema(nullable = true, description = "Of text: always null.") @Nullable List<Object> citations,

            @Nullable String thinking,

            @Schema(description = "Of thinking: always empty.") @Nullable String signature,

            @Nullable String id,
            @Nullable String name,

            @Schema(
                    type = SchemaType.OBJECT,
                    description = "What of a call is no JSON object is the member arguments of one.")
            @Nullable Object input,

            @Schema(type = SchemaType.OBJECT) @Nullable Object caller) {}

    @Schema(name = "MessageUsage")
    record Usage(
            @Schema(required = true, description = "The prompt's tokens, its pictures' included; 0 in message_start.")
            int input_tokens,

            @Schema(required = true) int output_tokens,

            @Schema(required = true, description = "Always 0.")
            int cache_creation_input_tokens,

            @Schema(required = true, description = "Always 0.")
            int cache_read_input_tokens) {}

    @Schema(name = "MessageEvent", description = "The data of one event; further members are those of its type.")
    record Event(
            @Schema(required = true, examples = "content_block_delta")
            String type,

            @Nullable Whole message,
            @Nullable Integer index,
            @Nullable AnswerBlock content_block,

            @Schema(type = SchemaType.OBJECT) @Nullable Object delta,

            @Nullable Usage usage,
            MessageError.@Nullable Body error) {}

    @Schema(name = "MessageTokenCount")
    record Count(@Schema(required = true) int input_tokens) {}
}
