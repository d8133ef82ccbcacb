package io.grevy.openai.tokens;

import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tokens of texts.
 *
 * @param single whether one text was given, not in an array
 * @param contextLength the most tokens that the model takes, if it is known
 */
record TokenizeAnswer(List<int[]> tokens, boolean single, OptionalInt contextLength) implements JsonAnswer {

    TokenizeAnswer {
        tokens = List.copyOf(tokens);
    }

    @Override
    public JsonObject toJson() {
        JsonArrayBuilder all = Json.array();
        tokens.forEach(some -> all.add(array(some)));
        JsonObjectBuilder answer = Json.object()
                .add("count", tokens.stream().mapToInt(some -> some.length).sum());
        if (contextLength.isPresent()) {
            answer.add("max_model_len", contextLength.getAsInt());
        } else {
            answer.addNull("max_model_len");
        }
        return answer.add("tokens", single ? array(tokens.get(0)) : all).build();
    }

    private static JsonArrayBuilder array(int[] tokens) {
        JsonArrayBuilder array = Json.array();
        for (int token : tokens) {
            array.add(token);
        }
        return array;
    }
}
