package io.grevy.openai.json;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** What a message shows of a client's value: enough to recognise it, never a whole prompt or picture. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    static String text(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    /** A string in single quotes, another scalar as it is written. */
    static String value(JsonValue value) {
        return value instanceof JsonString string ? "'" + text(string.getString()) + "'" : text(value.toString());
    }

    static String type(JsonValue value) {
        return switch (value.getValueType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case TRUE, FALSE -> "a boolean";
            case NULL -> "null";
        };
    }
}
