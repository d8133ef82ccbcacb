package io.grevy.openai.responses;

import io.grevy.inference.Usage;
import io.grevy.openai.Json;
import jakarta.json.JsonObject;

/** What a response cost. */
final class ResponseUsage {

    private ResponseUsage() {}

    /**
     * The engine does not tell what it had in its cache.
     *
     * @param reasoningTokens of the answer's, those of its reasoning
     */
    static JsonObject of(Usage usage, int reasoningTokens) {
        return Json.object()
                .add("input_tokens", usage.promptTokens())
                .add(
                        "input_tokens_details",
                        Json.object().add("cached_tokens", 0).add("cache_write_tokens", 0))
                .add("output_tokens", usage.completionTokens())
                .add("output_tokens_details", Json.object().add("reasoning_tokens", reasoningTokens))
                .add("total_tokens", usage.totalTokens())
                .build();
    }
}
