package io.grevy.engine;

import io.grevy.inference.Assistance;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Sampling;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.Speculation;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Says a request's wishes in the engine's names. What a request leaves open stays with the model's own
 * {@code generation_config.json}, which the engine starts from. Thread-safe.
 */
final class GenerationOptions {

    /** Below this the division of the logits means nothing in the engine's precision: greedy. */
    private static final double LEAST_TEMPERATURE = 1e-5;

    private final GenerationDefaults defaults;
    private final OptionalInt contextLength;
    private final ExecutionSettings execution;

    /**
     * @param contextLength the most tokens of prompt and answer together
     * @param execution the limits and the kind of speculation
     */
    GenerationOptions(GenerationDefaults defaults, OptionalInt contextLength, ExecutionSettings execution) {
        this.defaults = defaults;
        this.contextLength = contextLength;
        this.execution = execution;
    }

    /** The options of one choice; each choice of a seeded request has a seed of its own. */
    Map<String, Object> of(InferenceRequest request, int choice, int maxNewTokens) {
        Map<String, Object> options = new HashMap<>();
        options.put("max_new_tokens", (long) maxNewTokens);
        options.put("ignore_eos", request.stopping().ignoreEos());
        addSampling(request.sampling(), choice, options);
        Assistance assistance = request.assistance();
        assistance.tokens().ifPresent(value -> options.put("num_assistant_tokens", (long) value));
        assistance.confidenceThreshold().ifPresent(value -> options.put("assistant_confidence_threshold", value));
        assistance.ngramSize().ifPresent(value -> options.put("max_ngram_size", (long) value));
        return options;
    }

    /** Refuses what this model does not do, whatever the prompt. */
    void check(InferenceRequest request) throws RefusedRequestException {
        if (request.choices() > 1 && request.choices() >= execution.bestOfLimit()) {
            throw new RefusedRequestException(
                    Reason.TOO_MANY_CHOICES,
                    "n",
                    "n must be less than %d with this model, not %d."
                            .formatted(execution.bestOfLimit(), request.choices()));
        }
        Assistance assistance = request.assistance();
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
                    Reason.SPECULATION_NOT_SUPPORTED,
                    name,
                    name + " is for models with " + needed + "; this model has none.");
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
                || sampling.topK().isPresent();
        return sampling.temperature().orElse(samples ? defaults.temperature() : 0);
    }

    /**
     * The most tokens of each choice.
     *
     * @param promptTokens the prompt's tokens, those of its pictures left out
     */
    int maxNewTokens(InferenceRequest request, int promptTokens) throws RefusedRequestException {
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
                    Reason.SPECULATION_NOT_SUPPORTED,
                    "assistant_confidence_threshold",
                    "With assistant_confidence_threshold, max_tokens must be given and be less than %d with this model."
                            .formatted(step));
        }
    }

    private static RefusedRequestException exceeded(String message, Object... numbers) {
        return new RefusedRequestException(Reason.CONTEXT_LENGTH_EXCEEDED, message.formatted(numbers));
    }
}
