package io.grevy.openai.chat;

import io.grevy.inference.TokenLogProb;
import io.grevy.openai.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** The tokens of a choice, as OpenAI's {@code logprobs}. https://platform.openai.com/docs/api-reference/chat/object */
public final class LogProbs {

    /** What OpenAI writes for a probability of nothing, for which JSON has no number. */
    private static final double LEAST = -9999;

    private LogProbs() {}

    static JsonObject of(List<TokenLogProb> tokens) {
        return Json.object()
                .add("content", array(tokens))
                .add("refusal", JsonValue.NULL)
                .build();
    }

    /** An object for each. */
    public static JsonArrayBuilder array(List<TokenLogProb> tokens) {
        JsonArrayBuilder array = Json.array();
        tokens.forEach(token -> array.add(of(token)));
        return array;
    }

    /** A token's log probability, as a number that JSON has. */
    public static double number(TokenLogProb token) {
        double logProb = Float.isFinite(token.logProb()) ? token.logProb() : LEAST;
        return Math.min(0, Math.max(LEAST, logProb));
    }

    private static JsonObject of(TokenLogProb token) {
        JsonArrayBuilder bytes = Json.array();
        for (byte part : token.bytes()) {
            bytes.add(part & 0xff);
        }
        return Json.object()
                .add("token", token.text())
                .add("logprob", number(token))
                .add("bytes", bytes)
                .add("top_logprobs", Json.array())
                .build();
    }
}
