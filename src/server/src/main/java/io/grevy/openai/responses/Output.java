package io.grevy.openai.responses;

import io.grevy.inference.GenerationEvent;
import io.grevy.openai.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/** The items of a response, one after the other; each step is told as it is made. Used by one thread. */
final class Output {

    private final ResponseEvents events;
    private final boolean logProbs;
    private final List<JsonObject> items = new ArrayList<>();
    private Optional<OutputItem> open = Optional.empty();

    /** @param logProbs whether messages tell their tokens */
    Output(ResponseEvents events, boolean logProbs) {
        this.events = events;
        this.logProbs = logProbs;
    }

    void text(GenerationEvent.Text text) throws IOException {
        if (open.isPresent() && open.get() instanceof MessageItem message) {
            message.add(text, events);
        } else if (!text.text().isEmpty()) {
            begin(index -> new MessageItem(newId("msg_"), index, logProbs)).add(text, events);
        }
    }

    void reasoning(GenerationEvent.Reasoning reasoning) throws IOException {
        if (open.isPresent() && open.get() instanceof ReasoningItem item) {
            item.add(reasoning.text(), events);
        } else {
            begin(index -> new ReasoningItem(newId("rs_"), index)).add(reasoning.text(), events);
        }
    }

    void call(GenerationEvent.CallStarted call) throws IOException {
        begin(index -> new CallItem(newId("fc_"), index, call));
    }

    void arguments(GenerationEvent.CallArguments arguments) throws IOException {
        if (open.isPresent() && open.get() instanceof CallItem call) {
            call.add(arguments.json(), events);
        } else {
            throw new IllegalStateException("arguments of no call");
        }
    }

    /** No more comes. An answer of nothing is a message of nothing. */
    void end(boolean complete) throws IOException {
        if (items.isEmpty() && open.isEmpty()) {
            begin(index -> new MessageItem(newId("msg_"), index, logProbs));
        }
        close(complete ? "completed" : "incomplete");
    }

    /** All items, the last one perhaps unfinished. */
    JsonArrayBuilder json() {
        JsonArrayBuilder all = Json.array();
        items.forEach(all::add);
        open.ifPresent(item -> all.add(item.json("incomplete")));
        return all;
    }

    /** @param maker gets the item's place in the output */
    private <I extends OutputItem> I begin(IntFunction<I> maker) throws IOException {
        close("completed");
        I item = maker.apply(items.size());
        open = Optional.of(item);
        tellItem("response.output_item.added", item.beginning());
        item.begin(events);
        return item;
    }

    private void close(String status) throws IOException {
        if (open.isPresent()) {
            JsonObject item = open.get().json(status);
            open.get().end(events);
            tellItem("response.output_item.done", item);
            items.add(item);
            open = Optional.empty();
        }
    }

    private void tellItem(String type, JsonObject item) throws IOException {
        events.tell(type, event -> event.add("output_index", items.size()).add("item", item));
    }

    private static String newId(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
