package io.grevy.openai.responses;

import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.TokenLogProb;
import io.grevy.openai.Json;
import io.grevy.openai.chat.LogProbs;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the assistant says: one part of text. */
final class MessageItem implements OutputItem {

    private final String id;
    private final int index;
    private final boolean logProbs;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogProb> tokens = new ArrayList<>();

    /**
     * @param index in the output
     * @param logProbs whether it tells its tokens
     */
    MessageItem(String id, int index, boolean logProbs) {
        this.id = id;
        this.index = index;
        this.logProbs = logProbs;
    }

    void add(Text more, ResponseEvents events) throws IOException {
        text.append(more.text());
        tokens.addAll(more.logProbs());
        events.tell(
                "response.output_text.delta",
                event -> place(event).add("delta", more.text()).add("logprobs", logProbs(more.logProbs())));
    }

    @Override
    public JsonObject beginning() {
        return message("in_progress", Json.array());
    }

    @Override
    public void begin(ResponseEvents events) throws IOException {
        JsonObjectBuilder empty = part("", List.of());
        events.tell("response.content_part.added", event -> place(event).add("part", empty));
    }

    @Override
    public void end(ResponseEvents events) throws IOException {
        events.tell(
                "response.output_text.done",
                event -> place(event).add("text", text.toString()).add("logprobs", logProbs(tokens)));
        events.tell("response.content_part.done", event -> place(event).add("part", part()));
    }

    @Override
    public JsonObject json(String status) {
        return message(status, Json.array().add(part()));
    }

    private JsonObject message(String status, JsonArrayBuilder content) {
        return Json.object()
                .add("id", id)
                .add("type", "message")
                .add("status", status)
                .add("role", "assistant")
                .add("content", content)
                .build();
    }

    private JsonObjectBuilder place(JsonObjectBuilder event) {
        return event.add("item_id", id).add("output_index", index).add("content_index", 0);
    }

    private JsonObjectBuilder part() {
        return part(text.toString(), tokens);
    }

    private JsonObjectBuilder part(String content, List<TokenLogProb> of) {
        return Json.object()
                .add("type", "output_text")
                .add("text", content)
                .add("annotations", Json.array())
                .add("logprobs", logProbs(of));
    }

    private JsonArrayBuilder logProbs(List<TokenLogProb> of) {
        return logProbs ? LogProbs.array(of) : Json.array();
    }
}
