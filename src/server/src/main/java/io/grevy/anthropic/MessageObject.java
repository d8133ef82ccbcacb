package io.grevy.anthropic;

import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;

/**
 * A message of the assistant. https://docs.anthropic.com/en/api/messages
 *
 * @see MessageSchemas what OpenAPI shows of it
 */
record MessageObject(JsonObject json) implements JsonAnswer {

    @Override
    public JsonObject toJson() {
        return json;
    }
}
