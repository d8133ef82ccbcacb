package io.grevy.openai.structure;

import io.grevy.openai.ApiException;
import io.grevy.openai.Json;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * The schema of a tool's arguments as it is enforced.
 *
 * @param json an object's schema; empty for any object
 * @param unenforceable the error about what cannot be enforced and is left out of it; empty if nothing is
 */
public record ArgumentSchema(String json, Optional<ApiException> unenforceable) {

    /** @param parameters of a function */
    public static ArgumentSchema of(Field parameters) {
        Fields schema = parameters.asObject();
        schema.optional("type").ifPresent(type -> {
            if (!type.isString() || !type.asText().equals("object")) {
                throw type.invalid("must be 'object': arguments are always an object");
            }
        });
        if (schema.object().isEmpty()) {
            return new ArgumentSchema("", Optional.empty());
        }
        try {
            return new ArgumentSchema(typed(SchemaRules.enforced(parameters).asJsonObject()), Optional.empty());
        } catch (ApiException e) {
            return new ArgumentSchema(loose(schema), Optional.of(e));
        }
    }

    /** The names of the arguments, which are needed, and what of each can be enforced by itself. */
    private static String loose(Fields schema) {
        if (!(schema.object().get("properties") instanceof JsonObject properties)) {
            return "";
        }
        Fields named = new Fields(schema.pathOf("properties"), properties);
        JsonObjectBuilder enforced = Json.object();
        properties.forEach((name, value) -> enforced.add(name, enforced(new Field(named.pathOf(name), value))));
        JsonObjectBuilder all = Json.object().add("properties", enforced);
        if (schema.object().get("required") instanceof JsonArray required) {
            all.add("required", required);
        }
        return typed(all.build());
    }

    private static JsonValue enforced(Field property) {
        try {
            return SchemaRules.enforced(property);
        } catch (ApiException e) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private static String typed(JsonObject schema) {
        JsonObjectBuilder typed = Json.object().add("type", "object");
        schema.forEach(typed::add);
        return typed.build().toString();
    }
}
