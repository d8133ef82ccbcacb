package io.grevy.anthropic;

import io.grevy.openai.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;

/** A block of an answer's content while it grows. Used by one thread. */
final class Block {

    /** What a block holds. */
    enum Kind {
        TEXT,
        THINKING,
        TOOL_USE
    }

    private final Kind kind;
    private final String id;
    private final String name;
    private final StringBuilder text = new StringBuilder();

    private Block(Kind kind, String id, String name) {
        this.kind = kind;
        this.id = id;
        this.name = name;
    }

    /** Of text or of thinking. */
    static Block of(Kind kind) {
        return new Block(kind, "", "");
    }

    static Block ofCall(String id, String name) {
        return new Block(Kind.TOOL_USE, id, name);
    }

    Kind kind() {
        return kind;
    }

    /** Adds to it. @return the delta that says so */
    JsonObject add(String more) {
        text.append(more);
        JsonObjectBuilder delta = Json.object();
        return (switch (kind) {
                    case TEXT -> delta.add("type", "text_delta").add("text", more);
                    case THINKING -> delta.add("type", "thinking_delta").add("thinking", more);
                    case TOOL_USE -> delta.add("type", "input_json_delta").add("partial_json", more);
                })
                .build();
    }

    /** As it is before anything is added. */
    JsonObject beginning() {
        return json("", JsonValue.EMPTY_JSON_OBJECT);
    }

    JsonObject json() {
        return json(text.toString(), kind == Kind.TOOL_USE ? input() : JsonValue.EMPTY_JSON_OBJECT);
    }

    private JsonObject json(String content, JsonObject input) {
        JsonObjectBuilder block = Json.object();
        return (switch (kind) {
                    case TEXT -> block.add("type", "text").add("text", content).add("citations", JsonValue.NULL);
                    case THINKING ->
                        block.add("type", "thinking").add("thinking", content).add("signature", "");
                    case TOOL_USE ->
                        block.add("type", "tool_use")
                                .add("id", id)
                                .add("name", name)
                                .add("input", input)
                                .add("caller", OtherMembers.DIRECT);
                })
                .build();
    }

    /** An input has to be an object: what the model cut short or garbled becomes a member of one. */
    private JsonObject input() {
        if (text.isEmpty()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(text.toString()))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            return Json.object().add("arguments", text.toString()).build();
        }
    }
}
