package io.grevy.openai.completions;

import io.grevy.openai.chat.TokenUsage;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What OpenAPI shows of completions; {@link CompletionReader} reads them. A test holds the two against each other. */
final class CompletionSchemas {

    private CompletionSchemas() {}

    @Schema(
            name = "CompletionRequest",
            description = "null counts as absent. Other parameters are refused by name, "
                    + "but for values that ask for what happens anyhow.")
    record Request(
            @Schema(required = true, minLength = 1, description = "A name that /v3/models lists.")
            String model,

            @Schema(
                    required = true,
                    implementation = Object.class,
                    anyOf = {String.class, String[].class, Integer[].class, Integer[][].class},
                    description =
                            "A text, an array of token ids, or an array of such. Text that the model reserves is refused.")
            Object prompt,

            @Schema(
                    defaultValue = "true",
                    description = "Add the tokens that begin and end a text, as the model has it.")
            @Nullable Boolean add_special_tokens,

            @Schema(defaultValue = "false", description = "Each choice begins with its prompt.") @Nullable Boolean echo,

            @Schema(minimum = "1", defaultValue = "16", description = "The most tokens of a choice.") @Nullable Integer max_tokens,

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

            @Schema(defaultValue = "false", description = "Whether the string that ended a choice is part of it.")
            @Nullable Boolean include_stop_str_in_output,

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

            @Schema(minimum = "1", defaultValue = "1", description = "The server's grevy.max_choices bounds it.")
            @Nullable Integer n,

            @Schema(
                    minimum = "1",
                    description = "From among how many candidates the n likeliest are given; not in a stream.")
            @Nullable Integer best_of,

            @Schema(
                    defaultValue = "false",
                    description = "Search with best_of beams instead of sampling; not in a stream.")
            @Nullable Boolean use_beam_search,

            @Schema(
                    minimum = "-10",
                    maximum = "10",
                    defaultValue = "1",
                    description = "With beams: the power of its length by which a beam's log probability is divided.")
            @Nullable Double length_penalty,

            @Schema(
                    minimum = "0",
                    maximum = "1",
                    description = "Tell the chosen tokens, with their log probabilities; not with echo.")
            @Nullable Integer logprobs,

            @Schema(defaultValue = "true", description = "false shows special tokens in the text.") @Nullable Boolean skip_special_tokens,

            @Schema(type = SchemaType.OBJECT, description = "As of a chat completion.") @Nullable Object response_format,

            @Schema(type = SchemaType.OBJECT, description = "As of a chat completion.") @Nullable Object structured_outputs,

            @Schema(defaultValue = "false", description = "Answer as a stream of events.") @Nullable Boolean stream,

            @Schema(type = SchemaType.OBJECT, description = "As of a chat completion; only with stream.") @Nullable Object stream_options) {}

    @Schema(name = "Completion")
    record Whole(
            @Schema(required = true, examples = "cmpl-4c1f0b6a")
            String id,

            @Schema(required = true, enumeration = "text_completion")
            String object,

            @Schema(required = true, description = "Seconds since 1970.")
            long created,

            @Schema(required = true) String model,
            @Schema(required = true) List<WholeChoice> choices,
            @Schema(required = true) TokenUsage usage,

            @Schema(required = true, description = "The same as long as the server's version and the model's load are.")
            String system_fingerprint) {}

    @Schema(name = "CompletionChoice")
    record WholeChoice(
            @Schema(required = true, description = "Of several prompts, n choices each, one prompt after the other.")
            int index,

            @Schema(required = true) String text,

            @Schema(required = true, nullable = true, description = "With logprobs; else null.") @Nullable Tokens logprobs,

            @Schema(
                    required = true,
                    enumeration = {"stop", "length"})
            String finish_reason) {}

    @Schema(name = "CompletionChunk", description = "The data of one event; the data of the last event is [DONE].")
    record Chunk(
            @Schema(required = true) String id,

            @Schema(required = true, enumeration = "text_completion")
            String object,

            @Schema(required = true, description = "Seconds since 1970.")
            long created,

            @Schema(required = true) String model,

            @Schema(required = true, description = "One choice; none in the chunk of the usage.")
            List<ChunkChoice> choices,

            @Schema(
                    nullable = true,
                    description = "With stream_options.include_usage: null, but for the last chunk before [DONE].")
            @Nullable TokenUsage usage,

            @Schema(required = true) String system_fingerprint) {}

    @Schema(name = "CompletionChunkChoice")
    record ChunkChoice(
            @Schema(required = true) int index,

            @Schema(required = true, description = "What was gained; empty where the choice ends.")
            String text,

            @Schema(required = true, nullable = true, description = "With logprobs; else null.") @Nullable Tokens logprobs,

            @Schema(required = true, nullable = true, description = "stop or length where the choice ends; else null.")
            @Nullable String finish_reason) {}

    @Schema(name = "CompletionLogprobs")
    record Tokens(
            @Schema(required = true, description = "The tokens of the text, in order.")
            List<String> tokens,

            @Schema(required = true) List<Double> token_logprobs,

            @Schema(description = "The same, by token, with logprobs 1; else absent.") @Nullable List<Map<String, Double>> top_logprobs,

            @Schema(required = true, description = "At which character of the choice's own text each begins.")
            List<Integer> text_offset) {}
}
