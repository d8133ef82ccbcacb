package io.grevy.openai.chat;

import io.grevy.inference.Usage;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a request cost. */
@Schema(name = "Usage")
public record TokenUsage(
        @Schema(name = "prompt_tokens", required = true, description = "The prompt's tokens, its pictures' included.")
        int promptTokens,

        @Schema(name = "completion_tokens", required = true, description = "The tokens of all choices.")
        int completionTokens,

        @Schema(name = "total_tokens", required = true) int totalTokens)
        implements JsonAnswer {

    public static TokenUsage of(Usage usage) {
        return new TokenUsage(usage.promptTokens(), usage.completionTokens(), usage.totalTokens());
    }

    @Override
    public JsonObject toJson() {
        return Json.object()
                .add("prompt_tokens", promptTokens)
                .add("completion_tokens", completionTokens)
                .add("total_tokens", totalTokens)
                .build();
    }
}
