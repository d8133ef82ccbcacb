package io.grevy.openai.completions;

import io.grevy.inference.TokenLogProb;
import io.grevy.openai.Json;
import io.grevy.openai.chat.LogProbs;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * The tokens of one choice as {@code logprobs} of a completion, with the places in the text where they begin.
 * https://platform.openai.com/docs/api-reference/completions/object
 */
final class ChoiceTokens {

    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final boolean top;
    private int characters;

    /** @param top whether each is told as the likeliest, too */
    ChoiceTokens(boolean top) {
        this.top = top;
    }

    /** @param tokens those after the ones of the call before */
    JsonObject next(List<TokenLogProb> tokens) {
        JsonArrayBuilder texts = Json.array();
        JsonArrayBuilder logProbs = Json.array();
        JsonArrayBuilder likeliest = Json.array();
        JsonArrayBuilder offsets = Json.array();
        for (TokenLogProb token : tokens) {
            double logProb = LogProbs.number(token);
            texts.add(token.text());
            logProbs.add(logProb);
            likeliest.add(Json.object().add(token.text(), logProb));
            offsets.add(offset(token.bytes()));
        }
        JsonObjectBuilder answer = Json.object().add("tokens", texts).add("token_logprobs", logProbs);
        if (top) {
            answer.add("top_logprobs", likeliest);
        }
        return answer.add("text_offset", offsets).build();
    }

    /** Counts the characters that begin with these bytes; a token may begin within one. */
    private int offset(byte[] bytes) {
        boolean within = bytes.length > 0 && isContinuation(bytes[0]);
        int offset = within ? Math.max(0, characters - 1) : characters;
        for (byte part : bytes) {
            if (!isContinuation(part)) {
                characters++;
            }
        }
        return offset;
    }

    private static boolean isContinuation(byte part) {
        return (part & CONTINUATION_MASK) == CONTINUATION;
    }
}
