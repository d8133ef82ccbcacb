package io.grevy.repository;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Device properties, written as a JSON object of plain values. */
final class PluginConfig {
    private PluginConfig() {}

    /**
     * Reads the properties.
     *
     * @param where names the text in errors
     * @return values String, Long, Double or Boolean, in the text's order; empty for an empty text
     */
    static Map<String, Object> parse(String text, String where) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (!text.isBlank()) {
            JsonText.read(text, where).forEach((key, value) -> properties.put(key, plain(value, where + "." + key)));
        }
        if (properties.containsKey("prompt_lookup")) {
            throw new RepositoryException(where + ".prompt_lookup: prompt lookup decoding is not in this version");
        }
        return properties;
    }

    private static Object plain(JsonValue value, String where) {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value, where);
            case NULL, ARRAY, OBJECT ->
                throw new RepositoryException(
                        where + ": " + JsonText.kind(value) + "; a string, a number or a boolean is expected");
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
}
