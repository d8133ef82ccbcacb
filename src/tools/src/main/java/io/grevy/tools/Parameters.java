package io.grevy.tools;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tool's parameters one by one, for formats whose arguments are not one JSON object. */
final class Parameters {
    /** @param schema with the definitions to which it may refer */
    record Parameter(String name, JsonObject schema, boolean required) {}

    private Parameters() {}

    /** Those which are required stand first. */
    static List<Parameter> of(Tool tool) {
        JsonObject schema = tool.parameters();
        List<Parameter> parameters = new ArrayList<>();
        if (schema.get("properties") instanceof JsonObject properties) {
            Set<String> required = required(schema);
            properties.forEach((name, of) -> {
                if (of instanceof JsonObject property) {
                    parameters.add(new Parameter(name, withDefinitions(property, schema), required.contains(name)));
                }
            });
        }
        Stream<Parameter> first = parameters.stream().filter(Parameter::required);
        return Stream.concat(first, parameters.stream().filter(parameter -> !parameter.required()))
                .toList();
    }

    private static Set<String> required(JsonObject schema) {
        if (!(schema.get("required") instanceof JsonArray names)) {
            return Set.of();
        }
        return names.stream()
                .filter(JsonString.class::isInstance)
                .map(name -> ((JsonString) name).getString())
                .collect(Collectors.toSet());
    }

    private static JsonObject withDefinitions(JsonObject property, JsonObject schema) {
        JsonObjectBuilder whole = Json.createObjectBuilder(property);
        for (String key : List.of("$defs", "definitions")) {
            JsonValue definitions = schema.get(key);
            if (definitions != null) {
                whole.add(key, definitions);
            }
        }
        return whole.build();
    }
}
