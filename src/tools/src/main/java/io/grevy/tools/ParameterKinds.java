package io.grevy.tools;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kind of value a tool's parameters take, by its JSON schema. */
final class ParameterKinds {
    enum Kind {
        /** Text, whatever it looks like. */
        TEXT,
        /** Text, or null where null is written. */
        TEXT_OR_NULL,
        /** What it looks like: JSON where it is such, else text. */
        ANY
    }

    private final Map<String, JsonObject> properties = new HashMap<>();

    ParameterKinds(List<Tool> tools) {
        for (Tool tool : tools) {
            if (tool.parameters().get("properties") instanceof JsonObject named) {
                properties.put(tool.name(), named);
            }
        }
    }

    Kind of(String tool, String parameter) {
        JsonObject named = properties.get(tool);
        return named != null && named.get(parameter) instanceof JsonObject schema ? of(schema) : Kind.ANY;
    }

    private static Kind of(JsonObject schema) {
        JsonValue type = schema.get("type");
        if (type instanceof JsonString single) {
            return single.getString().equals("string") ? Kind.TEXT : Kind.ANY;
        }
        if (type instanceof JsonArray several) {
            return several.stream().allMatch(ParameterKinds::isTextOrNull) ? Kind.TEXT_OR_NULL : Kind.ANY;
        }
        if (schema.get("anyOf") instanceof JsonArray choices) {
            return choices.stream()
                            .allMatch(choice -> choice instanceof JsonObject one && isTextOrNull(one.get("type")))
                    ? Kind.TEXT_OR_NULL
                    : Kind.ANY;
        }
        boolean texts = schema.get("enum") instanceof JsonArray values
                && values.stream().allMatch(value -> value instanceof JsonString);
        return texts ? Kind.TEXT : Kind.ANY;
    }

    private static boolean isTextOrNull(@Nullable JsonValue type) {
        return type instanceof JsonString name
                && (name.getString().equals("string") || name.getString().equals("null"));
    }
}
