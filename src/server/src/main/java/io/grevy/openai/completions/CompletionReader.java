package io.grevy.openai.completions;

import io.grevy.component.Component;
import io.grevy.inference.Choices;
import io.grevy.inference.RawPrompt;
import io.grevy.inference.Rendering;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.ChatSettings;
import io.grevy.openai.chat.ChoicesReader;
import io.grevy.openai.chat.OtherFields;
import io.grevy.openai.chat.SamplingReader;
import io.grevy.openai.chat.StoppingReader;
import io.grevy.openai.chat.StreamOptionsReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import io.grevy.openai.structure.BesideStructure;
import io.grevy.openai.structure.StructureReader;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request's body and checks all of it that can be checked without the model. Thread-safe. */
@Component
class CompletionReader {

    /** OpenAI's, where a request names no limit. */
    static final int MAX_TOKENS = 16;

    private static final int MOST_LOG_PROBS = 1_000;

    /** The members that this server acts on; {@link CompletionSchemas} describes them to clients. */
    static final Set<String> HONOURED = Set.of(
            "model",
            "prompt",
            "add_special_tokens",
            "echo",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "stop_token_ids",
            "include_stop_str_in_output",
            "min_tokens",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "ignore_eos",
            "num_assistant_tokens",
            "assistant_confidence_threshold",
            "max_ngram_size",
            "n",
            "best_of",
            "use_beam_search",
            "length_penalty",
            "logprobs",
            "skip_special_tokens",
            "response_format",
            "structured_outputs",
            "stream",
            "stream_options");

    /** Known, and refused by name whatever their value. */
    static final Set<String> REFUSED = Set.of("suffix", "prompt_embeds");

    /** What is done with these is the same as for a chat completion. */
    static final Set<String> OTHERS = Set.of(
            "user",
            "request_id",
            "priority",
            "logit_bias",
            "bad_words",
            "spaces_between_special_tokens",
            "return_token_ids",
            "return_tokens_as_token_ids",
            "allowed_token_ids",
            "cache_salt",
            "guided_json",
            "guided_regex",
            "guided_grammar",
            "guided_choice",
            "guided_decoding_backend",
            "guided_whitespace_pattern",
            "kv_transfer_params",
            "logits_processors",
            "prompt_logprobs",
            "truncate_prompt_tokens",
            "vllm_xargs");

    private final int maxChoices;

    @Inject
    CompletionReader(ChatSettings settings) {
        this.maxChoices = settings.maxChoices();
    }

    /** @throws ApiException with the first error that is found */
    CompletionRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        checkNames(request);
        String model = request.required("model").asNonEmptyText();
        boolean stream = flag(request, "stream", false);
        Sampling sampling = SamplingReader.sampling(request);
        Stopping stopping = limited(StoppingReader.read(request));
        Choices choices = ChoicesReader.read(request, maxChoices);
        ChoicesReader.check(request, choices, sampling, stopping, stream);
        List<RawPrompt> prompts = PromptsReader.read(request, maxChoices / choices.candidates());
        Optional<Structure> structure = StructureReader.read(request);
        structure.ifPresent(given -> BesideStructure.check(given, request, choices, stopping));
        boolean echo = flag(request, "echo", false);
        OptionalInt logProbs = logProbs(request, echo);
        return new CompletionRequest(
                model,
                prompts,
                echo,
                logProbs.orElse(0) > 0,
                sampling,
                SamplingReader.assistance(request),
                stopping,
                choices,
                structure,
                new Rendering(logProbs.isPresent(), !flag(request, "skip_special_tokens", true), true),
                new AnswerForm(stream, StreamOptionsReader.includeUsage(request, stream), logProbs.isPresent()));
    }

    private static void checkNames(Fields request) {
        for (String name : REFUSED) {
            request.optional(name).ifPresent(given -> {
                throw request.unsupported(name, "");
            });
        }
        Set<String> known = new HashSet<>(HONOURED);
        known.addAll(REFUSED); // null here
        OtherFields.check(request, known, OTHERS);
    }

    /** With OpenAI's limit where there is none. */
    private static Stopping limited(Stopping stopping) {
        if (stopping.maxTokens().isPresent()) {
            return stopping;
        }
        return new Stopping(
                OptionalInt.of(Math.max(MAX_TOKENS, stopping.minTokens())),
                stopping.minTokens(),
                stopping.stopStrings(),
                stopping.includeStopString(),
                stopping.stopTokens(),
                stopping.ignoreEos());
    }

    private static OptionalInt logProbs(Fields request, boolean echo) {
        Optional<Field> field = request.optional("logprobs");
        if (field.isEmpty()) {
            return OptionalInt.empty();
        }
        if (field.get().asInt(0, MOST_LOG_PROBS) > 1) {
            throw request.unsupported(
                    "logprobs", "only as 0 or 1: the engine tells the chosen token's probability alone");
        }
        if (echo) {
            throw request.excludes(
                    "logprobs", "cannot be combined with echo: the engine does not tell the prompt's probabilities");
        }
        return OptionalInt.of(field.get().asInt(0, 1));
    }

    private static boolean flag(Fields request, String name, boolean fallback) {
        return request.optional(name).map(Field::asBoolean).orElse(fallback);
    }
}
