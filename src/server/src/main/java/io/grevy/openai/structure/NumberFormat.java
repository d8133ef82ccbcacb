package io.grevy.openai.structure;

import io.grevy.openai.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Set;

/**
 * Formats of numbers, which are OpenAPI's and which Java's clients write of an {@code int} or a {@code double}.
 * https://spec.openapis.org/registry/format/
 */
final class NumberFormat {

    private static final Set<String> OF_NUMBERS = Set.of("float", "double");

    /** The most of each, to either side. xgrammar counts in 64 bits itself, so for those it is what has 18 digits. */
    private static final Map<String, Long> OF_INTEGERS =
            Map.of("int32", (long) Integer.MAX_VALUE, "int64", 999_999_999_999_999_999L);

    private NumberFormat() {}

    /** Whether it is the format of a number and says so. */
    static boolean isOf(JsonObject schema) {
        String format = text(schema, "format");
        String type = text(schema, "type");
        return (type.equals("integer") && OF_INTEGERS.containsKey(format))
                || (type.equals("number") && OF_NUMBERS.contains(format));
    }

    /** The schema with the range in place of the format; any JSON number is read as a float or a double. */
    static JsonObject asRange(JsonObject schema) {
        if (!isOf(schema)) {
            return schema;
        }
        JsonObjectBuilder enforced = Json.object();
        schema.forEach(enforced::add);
        Long most = OF_INTEGERS.get(text(schema, "format"));
        if (most != null && !isBounded(schema, "minimum", "exclusiveMinimum")) {
            enforced.add("minimum", -most);
        }
        if (most != null && !isBounded(schema, "maximum", "exclusiveMaximum")) {
            enforced.add("maximum", most);
        }
        return enforced.remove("format").build();
    }

    private static boolean isBounded(JsonObject schema, String inclusive, String exclusive) {
        return schema.get(inclusive) instanceof JsonNumber || schema.get(exclusive) instanceof JsonNumber;
    }

    private static String text(JsonObject schema, String name) {
        return schema.get(name) instanceof JsonString text ? text.getString() : "";
    }
}
