package io.grevy.openai.responses;

import io.grevy.openai.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;

/** What the model thinks, in the clear: one part of text, without a summary. */
final class ReasoningItem implements OutputItem {

    private final String id;
    private final int index;
    private final StringBuilder text = new StringBuilder();

    /** @param index in the output */
    ReasoningItem(String id, int index) {
        this.id = id;
        this.index = index;
    }

    void add(String more, ResponseEvents events) throws IOException {
        text.append(more);
        events.tell("response.reasoning_text.delta", event -> place(event).add("delta", more));
    }

    @Override
    public JsonObject beginning() {
        return reasoning("in_progress", Json.array());
    }

    @Override
    public void begin(ResponseEvents events) throws IOException {
        events.tell("response.content_part.added", event -> place(event).add("part", part("")));
    }

    @Override
    public void end(ResponseEvents events) throws IOException {
        events.tell("response.reasoning_text.done", event -> place(event).add("text", text.toString()));
        events.tell("response.content_part.done", event -> place(event).add("part", part(text.toString())));
    }

    @Override
    public JsonObject json(String status) {
        return reasoning(status, Json.array().add(part(text.toString())));
    }

    private JsonObject reasoning(String status, JsonArrayBuilder content) {
        return Json.object()
                .add("id", id)
                .add("type", "reasoning")
                .add("status", status)
                .add("summary", Json.array())
                .add("content", content)
                .build();
    }

    private JsonObjectBuilder place(JsonObjectBuilder event) {
        return event.add("item_id", id).add("output_index", index).add("content_index", 0);
    }

    private static JsonObjectBuilder part(String text) {
        return Json.object().add("type", "reasoning_text").add("text", text);
    }
}
