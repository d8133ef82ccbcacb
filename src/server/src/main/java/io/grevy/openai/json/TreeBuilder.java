package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Builds the tree of one text, within bounds. */
final class TreeBuilder {

    static final int DEEPEST = 64;
    static final int LONGEST_NUMBER = 100;

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());

    private final JsonParser parser;

    TreeBuilder(JsonParser parser) {
        this.parser = parser;
    }

    /** The text's only value. */
    JsonObject object() {
        if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
            throw new ApiException(ErrorCode.INVALID_JSON, "The request body must be a JSON object.");
        }
        JsonObject object = object(1);
        if (parser.hasNext()) {
            throw error("The request body goes on after its JSON object");
        }
        return object;
    }

    private JsonObject object(int depth) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        Set<String> names = new HashSet<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (!names.add(name)) {
                throw error("The name '" + Shown.text(name) + "' stands twice in one object");
            }
            object.add(name, value(parser.next(), depth));
        }
        return object.build();
    }

    private JsonArray array(int depth) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(event, depth));
        }
        return array.build();
    }

    private JsonValue value(Event event, int depth) {
        return switch (event) {
            case START_OBJECT -> object(deeper(depth));
            case START_ARRAY -> array(deeper(depth));
            case VALUE_STRING -> PROVIDER.createValue(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> JsonValue.TRUE;
            case VALUE_FALSE -> JsonValue.FALSE;
            case VALUE_NULL -> JsonValue.NULL;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException("unexpected " + event);
        };
    }

    private int deeper(int depth) {
        if (depth == DEEPEST) {
            throw error("The JSON is nested more than " + DEEPEST + " deep");
        }
        return depth + 1;
    }

    private JsonValue number(String digits) {
        if (digits.length() > LONGEST_NUMBER) {
            throw error("A number is longer than " + LONGEST_NUMBER + " characters");
        }
        try {
            return PROVIDER.createValue(new BigDecimal(digits));
        } catch (NumberFormatException e) { // an exponent beyond what an int holds
            throw error("The number " + digits + " is out of range");
        }
    }

    private ApiException error(String what) {
        return Located.error(ErrorCode.INVALID_JSON, what, parser.getLocation());
    }
}
