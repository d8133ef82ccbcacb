package io.grevy.openai.chat;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of answers. A test holds them against what is really sent. */
final class AnswerSchemas {

    private AnswerSchemas() {}

    @Schema(name = "ChatCompletion")
    record Whole(
            @Schema(required = true, examples = "chatcmpl-4c1f0b6a")
            String id,

            @Schema(required = true, enumeration = "chat.completion")
            String object,

            @Schema(required = true, description = "Seconds since 1970.")
            long created,

            @Schema(required = true) String model,
            @Schema(required = true) List<WholeChoice> choices,
            @Schema(required = true) TokenUsage usage,

            @Schema(required = true, description = "The same as long as the server's version and the model's load are.")
            String system_fingerprint) {}

    @Schema(name = "ChatCompletionChoice")
    record WholeChoice(
            @Schema(required = true) int index,
            @Schema(required = true) AssistantMessage message,

            @Schema(required = true, nullable = true, description = "With logprobs; else null.") @Nullable Tokens logprobs,

            @Schema(
                    required = true,
                    enumeration = {"stop", "length", "tool_calls"})
            String finish_reason) {}

    @Schema(name = "ChatCompletionLogprobs")
    record Tokens(
            @Schema(required = true, description = "The tokens of the text, in order.")
            List<Token> content,

            @Schema(required = true, nullable = true, description = "Always null.") @Nullable String refusal) {}

    @Schema(name = "ChatCompletionTokenLogprob")
    record Token(
            @Schema(required = true) String token,
            @Schema(required = true, maximum = "0") double logprob,

            @Schema(required = true, description = "UTF-8; a token may be a part of a character.")
            List<Integer> bytes,

            @Schema(required = true, description = "Always empty.")
            List<Object> top_logprobs) {}

    @Schema(name = "AssistantMessage")
    record AssistantMessage(
            @Schema(required = true, enumeration = "assistant")
            String role,

            @Schema(required = true, nullable = true, description = "null where there are tool calls alone.") @Nullable String content,

            @Schema(required = true, nullable = true, description = "Always null.") @Nullable String refusal,

            @Schema(description = "What the model thought before, where its form is known.") @Nullable String reasoning_content,

            @Nullable List<ToolCall> tool_calls) {}

    @Schema(name = "ToolCall")
    record ToolCall(
            @Schema(required = true) String id,

            @Schema(required = true, enumeration = "function")
            String type,

            @Schema(required = true) CalledFunction function) {}

    @Schema(name = "ToolCallFunction")
    record CalledFunction(
            @Schema(required = true) String name,

            @Schema(
                    required = true,
                    description = "A JSON object, unless the model was cut short or wrote something else.")
            String arguments) {}

    @Schema(name = "ChatCompletionChunk", description = "The data of one event; the data of the last event is [DONE].")
    record Chunk(
            @Schema(required = true) String id,

            @Schema(required = true, enumeration = "chat.completion.chunk")
            String object,

            @Schema(required = true, description = "Seconds since 1970.")
            long created,

            @Schema(required = true) String model,
            @Schema(required = true) String system_fingerprint,

            @Schema(required = true, description = "One choice; none in the chunk of the usage.")
            List<ChunkChoice> choices,

            @Schema(
                    nullable = true,
                    description = "With stream_options.include_usage: null, but for the last chunk before [DONE].")
            @Nullable TokenUsage usage) {}

    @Schema(name = "ChatCompletionChunkChoice")
    record ChunkChoice(
            @Schema(required = true) int index,

            @Schema(required = true, description = "What was gained; empty where the choice ends.")
            Delta delta,

            @Schema(required = true, nullable = true, description = "With logprobs; else null.") @Nullable Tokens logprobs,

            @Schema(
                    required = true,
                    nullable = true,
                    description = "stop, length or tool_calls where the choice ends; else null.")
            @Nullable String finish_reason) {}

    @Schema(name = "ChatCompletionDelta")
    record Delta(
            @Schema(enumeration = "assistant", description = "In the choice's first chunk.") @Nullable String role,

            @Nullable String content,

            @Nullable String reasoning_content,

            @Schema(description = "One call: its id and name first, then its arguments in pieces.") @Nullable List<CallDelta> tool_calls) {}

    @Schema(name = "ToolCallDelta")
    record CallDelta(
            @Schema(required = true) int index,

            @Schema(description = "In the call's first chunk.") @Nullable String id,

            @Schema(enumeration = "function", description = "In the call's first chunk.") @Nullable String type,

            @Schema(required = true) FunctionDelta function) {}

    @Schema(name = "ToolCallFunctionDelta")
    record FunctionDelta(
            @Schema(description = "In the call's first chunk.") @Nullable String name,

            @Schema(required = true) String arguments) {}
}
