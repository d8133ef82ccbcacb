package io.grevy.engine;

import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.Speculation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Says a request's wishes in the engine's names. What a request leaves open stays with the model's own
 * {@code generation_config.json}, which the engine starts from. Thread-safe.
 */
final class GenerationOptions {

    /** Below this the division of the logits means nothing in the engine's precision: greedy. */
    private static final double LEAST_TEMPERATURE = 1e-5;

    /** The engine takes less than 1 only; this leaves the likeliest token, and others as likely to the last bit. */
    private static final double MOST_MIN_P = Math.nextDown(1f);

    private final GenerationDefaults defaults;
    private final TokenIds tokens;
    private final OptionalInt contextLength;
    private final ExecutionSettings execution;

    /**
     * @param contextLength the most tokens of prompt and answer together
     * @param execution the limits and the kind of speculation
     */
    GenerationOptions(
            GenerationDefaults defaults, TokenIds tokens, OptionalInt contextLength, ExecutionSettings execution) {
        this.defaults = defaults;
        this.tokens = tokens;
        this.contextLength = contextLength;
        this.execution = execution;
    }

    /** Refuses what no request to this model may ask for. */
    void check(InferenceRequest request) throws RefusedRequestException {
        Choices choices = request.choices();
        if (choices.candidates() > 1 && choices.candidates() >= execution.bestOfLimit()) {
            String field = choices.candidates() > choices.count() ? "best_of" : "n";
            throw new RefusedRequestException(
                    Reason.INVALID_VALUE,
                    field,
                    "%s must be below %d for this model, not %d."
                            .formatted(field, execution.bestOfLimit(), choices.candidates()));
        }
        Stopping stopping = request.stopping();
        for (int token : stopping.stopTokens()) {
            if (token >= tokens.count()) {
                throw new RefusedRequestException(
                        Reason.INVALID_VALUE,
                        "stop_token_ids",
                        "stop_token_ids holds %d; this model's tokens are numbered from 0 to %d."
                                .formatted(token, tokens.count() - 1));
            }
        }
        if (choices.beams() && !(execution.speculation() instanceof Speculation.None)) {
            throw unsupported("use_beam_search", "which guesses tokens");
        }
        checkAssistance(request.assistance());
    }

    /** Refuses a structure beside a draft model: a guess that it forbids ends the engine (2026.4.1). */
    void check(Structure structure) throws RefusedRequestException {
        if (execution.speculation() instanceof Speculation.DraftModel) {
            throw unsupported(structure.field(), "which has a draft model");
        }
    }

    private static RefusedRequestException unsupported(String field, String model) {
        return new RefusedRequestException(
                Reason.NOT_SUPPORTED, field, field + " is not supported by this model, " + model + ".");
    }

    /** Refuses ways of guessing that are not this model's. */
    private void checkAssistance(Assistance assistance) throws RefusedRequestException {
        boolean draft = execution.speculation() instanceof Speculation.DraftModel;
        boolean lookup = execution.speculation() instanceof Speculation.PromptLookup;
        refuse(
                assistance.tokens().isPresent() && !draft && !lookup,
                "num_assistant_tokens",
                "a draft model or prompt lookup");
        refuse(
                assistance.confidenceThreshold().isPresent() && !draft,
                "assistant_confidence_threshold",
                "a draft model");
        refuse(assistance.ngramSize().isPresent() && !lookup, "max_ngram_size", "prompt lookup");
    }

    private static void refuse(boolean wrong, String name, String needed) throws RefusedRequestException {
        if (wrong) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED, name, name + " is for models with " + needed + "; this model has none.");
        }
    }

    /** The options of one native request; each choice of a seeded request has a seed of its own. */
    Map<String, Object> of(InferenceRequest request, int choice, int maxNewTokens) {
        Map<String, Object> options = ofStructure(request);
        options.put("max_new_tokens", (long) maxNewTokens);
        addStopping(request.stopping(), options);
        addSearch(request.choices(), options);
        if (!request.choices().beams()) {
            addSampling(request.sampling(), choice, options);
        }
        addAssistance(request.assistance(), options);
        boolean selects = request.choices().candidates() > request.choices().count();
        options.put("logprobs", request.rendering().logProbs() || selects ? 1L : 0L);
        return options;
    }

    /** What the structure is compiled with. */
    Map<String, Object> ofStructure(InferenceRequest request) {
        Map<String, Object> options = new HashMap<>();
        request.structure()
                .ifPresent(
                        structure -> options.put(structure.kind().name().toLowerCase(Locale.ROOT), structure.text()));
        return options;
    }

    private static void addAssistance(Assistance assistance, Map<String, Object> options) {
        assistance.tokens().ifPresent(value -> options.put("num_assistant_tokens", (long) value));
        assistance.confidenceThreshold().ifPresent(value -> options.put("assistant_confidence_threshold", value));
        assistance.ngramSize().ifPresent(value -> options.put("max_ngram_size", (long) value));
    }

    private void addStopping(Stopping stopping, Map<String, Object> options) {
        options.put("ignore_eos", stopping.ignoreEos());
        if (stopping.minTokens() > 0) {
            options.put("min_new_tokens", (long) stopping.minTokens());
        }
        if (!stopping.stopTokens().isEmpty()) { // they take the place of the model's own
            Set<Integer> all = new TreeSet<>(stopping.stopTokens());
            all.addAll(defaults.stopTokens());
            tokens.end().ifPresent(all::add);
            options.put("stop_token_ids", all);
        }
    }

    /** Said also where it is usual: a model's own configuration may say otherwise. */
    private static void addSearch(Choices choices, Map<String, Object> options) {
        options.put("num_beams", choices.beams() ? (long) choices.candidates() : 1L);
        options.put("num_return_sequences", choices.beams() ? (long) choices.count() : 1L);
        if (choices.beams()) {
            options.put("length_penalty", choices.lengthPenalty());
            options.put("do_sample", false);
            options.put("frequency_penalty", 0.0);
            options.put("presence_penalty", 0.0);
            options.put("repetition_penalty", 1.0);
        }
    }

    private void addSampling(Sampling sampling, int choice, Map<String, Object> options) {
        double temperature = temperature(sampling);
        boolean samples = temperature >= LEAST_TEMPERATURE;
        options.put("do_sample", samples);
        if (samples) {
            options.put("temperature", temperature);
            sampling.topP().ifPresent(value -> options.put("top_p", value));
            sampling.topK().ifPresent(value -> options.put("top_k", (long) value));
            sampling.minP().ifPresent(value -> options.put("min_p", Math.min(value, MOST_MIN_P)));
            long seed =
                    sampling.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
            options.put("rng_seed", (seed + choice) & Long.MAX_VALUE);
        }
        sampling.frequencyPenalty().ifPresent(value -> options.put("frequency_penalty", value));
        sampling.presencePenalty().ifPresent(value -> options.put("presence_penalty", value));
        sampling.repetitionPenalty().ifPresent(value -> options.put("repetition_penalty", value));
    }

    /** 0 for greedy decoding. A request that names any of the sampling's settings wants to sample. */
    private double temperature(Sampling sampling) {
        boolean samples = defaults.samples()
                || sampling.topP().isPresent()
                || sampling.topK().isPresent()
                || sampling.minP().isPresent();
        return sampling.temperature().orElse(samples ? defaults.temperature() : 0);
    }

    /**
     * The most tokens of each choice.
     *
     * @param promptTokens the prompt's tokens, those of its pictures left out
     */
    int maxNewTokens(InferenceRequest request, int promptTokens) throws RefusedRequestException {
        int most = mostNewTokens(request, promptTokens);
        int least = request.stopping().minTokens();
        if (least > most) {
            throw new RefusedRequestException(
                    Reason.INVALID_VALUE,
                    "min_tokens",
                    "min_tokens is %d; an answer to this prompt has at most %d.".formatted(least, most));
        }
        return most;
    }

    private int mostNewTokens(InferenceRequest request, int promptTokens) throws RefusedRequestException {
        int limit = execution.maxTokensLimit().orElse(Integer.MAX_VALUE);
        OptionalInt wanted = request.stopping().maxTokens();
        if (wanted.isPresent() && wanted.getAsInt() > limit) {
            throw exceeded("%d tokens were asked for; this model gives at most %d.", wanted.getAsInt(), limit);
        }
        if (contextLength.isEmpty()) {
            return wanted.orElse(limit);
        }
        int context = contextLength.getAsInt();
        if (promptTokens >= context) {
            throw exceeded(
                    "The prompt has %d tokens; this model's context holds %d, the answer included.",
                    promptTokens, context);
        }
        int left = context - promptTokens;
        if (wanted.isPresent() && wanted.getAsInt() > left) {
            throw exceeded(
                    "The prompt has %d tokens and %d more were asked for; this model's context holds %d.",
                    promptTokens, wanted.getAsInt(), context);
        }
        return Math.min(wanted.orElse(left), limit);
    }

    /**
     * Refuses a threshold where it leaves the engine more to guess at a time than it can check in a step.
     *
     * @param maxNewTokens as {@link #maxNewTokens} gave it
     */
    void checkThreshold(InferenceRequest request, int maxNewTokens) throws RefusedRequestException {
        int step = execution.scheduling().maxNumBatchedTokens();
        if (request.assistance().confidenceThreshold().isPresent() && maxNewTokens >= step) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED,
                    "assistant_confidence_threshold",
                    "With assistant_confidence_threshold, max_tokens must be given and be less than %d with this model."
                            .formatted(step));
        }
    }

    private static RefusedRequestException exceeded(String message, Object... numbers) {
        return new RefusedRequestException(Reason.CONTEXT_LENGTH_EXCEEDED, message.formatted(numbers));
    }
}
