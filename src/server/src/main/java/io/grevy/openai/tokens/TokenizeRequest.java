package io.grevy.openai.tokens;

import java.util.List;

/**
 * A request that was read and checked.
 *
 * @param single whether one text was given, not in an array
 * @param addSpecialTokens whether the tokens are added that begin and end a text
 */
record TokenizeRequest(String model, List<String> texts, boolean single, boolean addSpecialTokens, Fitting fitting) {

    TokenizeRequest {
        texts = List.copyOf(texts);
    }
}
