package io.grevy.openvino;

import java.util.HashMap;
import java.util.Map;

/**
 * The options of speculation. The engine wants those that fit the pipeline, no others, and none too few: that would be
 * found out by a step, which then fails for good. What a model's own configuration says of them is overruled.
 */
final class AssistantOptions {
    private static final String TOKENS = "num_assistant_tokens";
    private static final String THRESHOLD = "assistant_confidence_threshold";
    private static final String NGRAM = "max_ngram_size";

    private AssistantOptions() {}

    /** @throws IllegalArgumentException naming an option that does not fit */
    static Map<String, Object> complete(Map<String, Object> generation, Speculation speculation) {
        Map<String, Object> options = new HashMap<>(generation);
        boolean lookup = speculation instanceof Speculation.PromptLookup;
        boolean draft = speculation instanceof Speculation.DraftModel;
        if (!lookup && !draft) {
            refuse(options, TOKENS, "the pipeline does not speculate");
        }
        if (!draft) {
            refuse(options, THRESHOLD, "the pipeline has no draft model");
        }
        if (!lookup) {
            refuse(options, NGRAM, "the pipeline does not look up the prompt");
        }
        if (options.containsKey(THRESHOLD)) {
            refuse(options, TOKENS, "only one of it and " + THRESHOLD);
        }
        boolean counts = (lookup || draft) && !options.containsKey(THRESHOLD);
        options.putIfAbsent(TOKENS, counts ? Speculation.ASSISTANT_TOKENS : 0);
        options.putIfAbsent(THRESHOLD, 0);
        options.putIfAbsent(NGRAM, lookup ? Speculation.NGRAM_SIZE : 0);
        return options;
    }

    private static void refuse(Map<String, Object> options, String name, String why) {
        if (options.containsKey(name)) {
            throw new IllegalArgumentException(name + ": " + why);
        }
    }
}
