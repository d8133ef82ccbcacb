package io.grevy.repository;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonConfig.KeyStrategy;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Reads JSON objects strictly: one object, no key twice. */
final class JsonText {
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, KeyStrategy.NONE));

    private JsonText() {}

    static JsonObject readFile(Path file) {
        return read(TextFile.read(file), file.toString());
    }

    static JsonObject read(String text, String where) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            JsonStructure value = reader.read();
            refuseMore(text);
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new RepositoryException(where + ": not a JSON object but " + kind(value));
        } catch (JsonParsingException e) {
            throw new RepositoryException(
                    where + ":" + e.getLocation().getLineNumber() + ":"
                            + e.getLocation().getColumnNumber() + ": not valid JSON: " + e.getMessage(),
                    e);
        } catch (JsonException e) {
            throw new RepositoryException(where + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    // A reader stops after the first value; a parser looks at what follows.
    private static void refuseMore(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                parser.next();
            }
        }
    }

    static String kind(JsonValue value) {
        return switch (value.getValueType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL -> "null";
            default -> "a " + value.getValueType().name().toLowerCase(Locale.ROOT);
        };
    }
}
