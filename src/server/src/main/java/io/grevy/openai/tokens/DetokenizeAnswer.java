package io.grevy.openai.tokens;

import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * Texts of tokens.
 *
 * @param single whether the tokens of one text were given, not an array of such
 */
record DetokenizeAnswer(List<String> texts, boolean single) implements JsonAnswer {

    DetokenizeAnswer {
        texts = List.copyOf(texts);
    }

    @Override
    public JsonObject toJson() {
        JsonArrayBuilder all = Json.array();
        texts.forEach(all::add);
        JsonValue prompt = single ? Json.text(texts.get(0)) : all.build();
        return Json.object().add("prompt", prompt).build();
    }
}
