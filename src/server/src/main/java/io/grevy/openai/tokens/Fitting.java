package io.grevy.openai.tokens;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.ModelTokenizer;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Brings tokens to a length.
 *
 * @param longest how many are left of a longer text; absent for all
 * @param padding whether shorter ones are filled up
 */
record Fitting(OptionalInt longest, Padding padding) {

    /** Where a shorter text is filled up. */
    enum Padding {
        NONE,
        LEFT,
        RIGHT
    }

    /** @throws ApiException if the model has nothing to fill up with, or more to add than is allowed */
    int[] tokens(String text, boolean addSpecialTokens, ModelTokenizer tokenizer) throws EngineUnavailableException {
        int[] tokens = tokenizer.encode(text, addSpecialTokens);
        if (longest.isEmpty()) {
            return tokens;
        }
        int length = longest.getAsInt();
        if (tokens.length > length) {
            return addSpecialTokens ? cut(tokens, tokenizer.encode(text, false), length) : cut(tokens, tokens, length);
        }
        return padding == Padding.NONE ? tokens : filled(tokens, length, tokenizer.paddingToken());
    }

    /** Shortens the text at its end, not the tokens that were added around it. */
    private static int[] cut(int[] all, int[] ofText, int length) {
        int added = all.length - ofText.length;
        int before = before(all, ofText, added);
        if (added > length) {
            throw ApiException.at(
                    "max_length",
                    ErrorCode.INVALID_VALUE,
                    "max_length must be at least %d, the tokens that this model adds, or add_special_tokens false."
                            .formatted(added));
        }
        int[] cut = Arrays.copyOf(all, length);
        int after = added - before;
        System.arraycopy(all, all.length - after, cut, length - after, after);
        return cut;
    }

    /** How many tokens were added before the text; where the text's are not found again, all of them. */
    private static int before(int[] all, int[] ofText, int added) {
        for (int begin = 0; begin <= added; begin++) {
            if (Arrays.equals(all, begin, begin + ofText.length, ofText, 0, ofText.length)) {
                return begin;
            }
        }
        return Math.max(0, added);
    }

    private int[] filled(int[] tokens, int length, OptionalInt padding) {
        if (padding.isEmpty()) {
            throw ApiException.at(
                    "pad_to_max_length",
                    ErrorCode.UNSUPPORTED_PARAMETER,
                    "pad_to_max_length is not supported by this model, which has no padding token.");
        }
        int[] filled = new int[length];
        Arrays.fill(filled, padding.getAsInt());
        int begin = this.padding == Padding.LEFT ? length - tokens.length : 0;
        System.arraycopy(tokens, 0, filled, begin, tokens.length);
        return filled;
    }
}
