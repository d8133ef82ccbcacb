package io.grevy.repository;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Device properties, written as a JSON object of plain values. Two of its keys are special: {@code prompt_lookup} is
 * for the engine, and {@code DEVICE_PROPERTIES} holds an object of properties for each of several devices.
 */
final class PluginConfig {
    static final String PROMPT_LOOKUP = "prompt_lookup";

    private static final String DEVICE_PROPERTIES = "DEVICE_PROPERTIES";

    private PluginConfig() {}

    /**
     * Reads the properties.
     *
     * @param where names the text in errors
     * @return values String, Long, Double, Boolean, or again such a map; in the text's order; empty for an empty text
     */
    static Map<String, Object> parse(String text, String where) {
        return text.isBlank() ? Map.of() : object(JsonText.read(text, where), where, 0);
    }

    /** The device's part of what was parsed. */
    static Map<String, Object> properties(Map<String, Object> parsed) {
        Map<String, Object> properties = new LinkedHashMap<>(parsed);
        properties.remove(PROMPT_LOOKUP);
        return properties;
    }

    /** The engine's part of what was parsed. */
    static boolean promptLookup(Map<String, Object> parsed) {
        return Boolean.TRUE.equals(parsed.get(PROMPT_LOOKUP));
    }

    /** The text of the two parts, which {@link #parse} would read; empty where there is nothing to say. */
    static String text(Map<String, Object> properties, boolean promptLookup) {
        Map<String, Object> all = new TreeMap<>(properties);
        if (promptLookup) {
            all.put(PROMPT_LOOKUP, true);
        }
        return all.isEmpty()
                ? ""
                : Json.createObjectBuilder(sorted(all)).build().toString();
    }

    private static Map<String, Object> sorted(Map<?, ?> properties) {
        Map<String, Object> sorted = new TreeMap<>();
        properties.forEach((key, value) ->
                sorted.put(key.toString(), value instanceof Map<?, ?> inner ? sorted(inner) : value));
        return sorted;
    }

    private static Map<String, Object> object(JsonObject object, String where, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        object.forEach((key, value) -> properties.put(key, value(key, value, where + "." + key, depth)));
        return properties;
    }

    private static Object value(String key, JsonValue value, String where, int depth) {
        boolean nests = depth == 0 ? key.equals(DEVICE_PROPERTIES) : depth == 1;
        if (nests) {
            if (value instanceof JsonObject inner) {
                return object(inner, where, depth + 1);
            }
            throw wrong(value, where, "an object");
        }
        if (depth == 0
                && key.equals(PROMPT_LOOKUP)
                && !JsonValue.TRUE.equals(value)
                && !JsonValue.FALSE.equals(value)) {
            throw wrong(value, where, "true or false");
        }
        return plain(value, where);
    }

    private static Object plain(JsonValue value, String where) {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value, where);
            case NULL, ARRAY, OBJECT -> throw wrong(value, where, "a string, a number or a boolean");
        };
    }

    private static Object number(JsonNumber number, String where) {
        if (!number.isIntegral()) {
            return number.doubleValue();
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new RepositoryException(where + ": " + number + " does not fit 64 bits", e);
        }
    }

    private static RepositoryException wrong(JsonValue value, String where, String expected) {
        return new RepositoryException(where + ": " + JsonText.kind(value) + "; " + expected + " is expected");
    }
}
