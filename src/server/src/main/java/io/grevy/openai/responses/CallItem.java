package io.grevy.openai.responses;

import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.openai.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;

/** A call of a function. */
final class CallItem implements OutputItem {

    private final String id;
    private final int index;
    private final String callId;
    private final String name;
    private final StringBuilder arguments = new StringBuilder();

    /** @param index in the output */
    CallItem(String id, int index, CallStarted call) {
        this.id = id;
        this.index = index;
        this.callId = call.id();
        this.name = call.name();
    }

    void add(String json, ResponseEvents events) throws IOException {
        arguments.append(json);
        events.tell(
                "response.function_call_arguments.delta", event -> place(event).add("delta", json));
    }

    @Override
    public JsonObject beginning() {
        return json("in_progress");
    }

    @Override
    public void begin(ResponseEvents events) {
        // Its arguments are no part of their own.
    }

    @Override
    public void end(ResponseEvents events) throws IOException {
        events.tell(
                "response.function_call_arguments.done",
                event -> place(event).add("name", name).add("arguments", arguments.toString()));
    }

    @Override
    public JsonObject json(String status) {
        return Json.object()
                .add("id", id)
                .add("type", "function_call")
                .add("status", status)
                .add("call_id", callId)
                .add("name", name)
                .add("arguments", arguments.toString())
                .build();
    }

    private JsonObjectBuilder place(JsonObjectBuilder event) {
        return event.add("item_id", id).add("output_index", index);
    }
}
