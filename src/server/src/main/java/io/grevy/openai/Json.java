package io.grevy.openai;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;

/** JSON for writing. The provider is looked up once: {@code jakarta.json.Json} does so at each call. Thread-safe. */
public final class Json {

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());

    private Json() {}

    public static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    public static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    static JsonArrayBuilder strings(List<String> texts) {
        return BUILDERS.createArrayBuilder(texts);
    }

    public static JsonString text(String text) {
        return PROVIDER.createValue(text);
    }

    /** The text as a JSON string, quoted and escaped. */
    public static String quoted(String text) {
        return PROVIDER.createValue(text).toString();
    }
}
