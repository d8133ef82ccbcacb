package io.grevy.tools;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * A function which the model may call.
 *
 * @param parameters the JSON schema of its arguments; empty where any object will do
 */
public record Tool(String name, JsonObject parameters) {
    /** The schema to force arguments with: always one of an object. */
    JsonValue schema() {
        return parameters.isEmpty() ? StructuralTag.ANY_OBJECT : parameters;
    }
}
