package io.grevy.openai.responses;

import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonObject;

/**
 * A response. https://platform.openai.com/docs/api-reference/responses/object
 *
 * @see ResponseSchemas what OpenAPI shows of it
 */
record ResponseObject(JsonObject json) implements JsonAnswer {

    @Override
    public JsonObject toJson() {
        return json;
    }
}
