package io.grevy.anthropic;

import io.grevy.inference.GenerationEvent;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.GenerationRequest;
import jakarta.json.JsonObject;

/** Keeps the number of a prompt's tokens. https://docs.anthropic.com/en/api/messages-count-tokens */
final class TokenCount implements GenerationRequest.WholeSink, JsonAnswer {

    private int inputTokens;

    @Override
    public JsonAnswer answer() {
        return this;
    }

    @Override
    public JsonObject toJson() {
        return Json.object().add("input_tokens", inputTokens).build();
    }

    @Override
    public void text(GenerationEvent.Text text) {
        // Only the prompt counts.
    }

    @Override
    public void reasoning(GenerationEvent.Reasoning reasoning) {
        // Only the prompt counts.
    }

    @Override
    public void call(GenerationEvent.CallStarted call) {
        // Only the prompt counts.
    }

    @Override
    public void arguments(GenerationEvent.CallArguments arguments) {
        // Only the prompt counts.
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) {
        // Only the prompt counts.
    }

    @Override
    public void finished(GenerationEvent.Finished finished) {
        inputTokens = finished.usage().promptTokens();
    }

    @Override
    public void quiet() {
        // Nothing is sent before the end.
    }
}
