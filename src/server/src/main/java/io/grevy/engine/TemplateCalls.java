package io.grevy.engine;

import io.grevy.inference.ToolCall;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;

/** Calls of an earlier turn as chat templates expect them: with the arguments as an object, not as its text. */
final class TemplateCalls {

    private TemplateCalls() {}

    static JsonArray of(List<ToolCall> calls) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        calls.forEach(call -> all.add(Json.createObjectBuilder()
                .add("id", call.id())
                .add("type", "function")
                .add(
                        "function",
                        Json.createObjectBuilder()
                                .add("name", call.name())
                                .add("arguments", arguments(call.argumentsJson())))));
        return all.build();
    }

    /** What the model cut short or garbled stays the text that it is. */
    private static JsonValue arguments(String text) {
        if (text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            return Json.createValue(text);
        }
    }
}
