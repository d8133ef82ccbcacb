package io.grevy.engine;

import java.util.Arrays;

/**
 * For any tokenizer, at the price of two decodings a token. A token's text may depend on its neighbours, so each step
 * decodes a short window: the tokens given out last, and with them the new ones; what the second text has beyond the
 * first is new. A text that ends in the replacement character is an unfinished character and is held back.
 */
final class IncrementalDetokenizer implements Detokenizer {

    /** No character spans more tokens; what is still unfinished after as many is invalid and given out as it is. */
    private static final int MAX_TOKENS_HELD_BACK = 8;

    private static final char REPLACEMENT = '\uFFFD';

    private final Decoder decoder;

    private long[] tokens = new long[64];
    private int size;
    private int windowStart;
    private int given;
    private String windowText = "";

    IncrementalDetokenizer(Decoder decoder) {
        this.decoder = decoder;
    }

    /** The text of a list of tokens, special ones left out. */
    interface Decoder {
        String decode(long[] tokens);
    }

    @Override
    public String add(long token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size++] = token;
        String text = decode(windowStart, size);
        boolean unfinished = !text.isEmpty() && text.charAt(text.length() - 1) == REPLACEMENT;
        if (unfinished && size - given < MAX_TOKENS_HELD_BACK) {
            return "";
        }
        return give(text);
    }

    @Override
    public String finish() {
        return given == size ? "" : give(decode(windowStart, size));
    }

    private String give(String text) {
        if (text.length() <= windowText.length()) {
            // A special token, or one that only changes its successor's text: it stays in the window.
            return "";
        }
        String fresh = text.substring(windowText.length());
        windowStart = given;
        given = size;
        windowText = decode(windowStart, given);
        return fresh;
    }

    private String decode(int from, int to) {
        return decoder.decode(Arrays.copyOfRange(tokens, from, to));
    }
}
