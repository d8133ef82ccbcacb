package io.grevy.engine;

import java.util.Arrays;

/**
 * Turns a growing list of tokens into text, piece by piece, so that the pieces joined are the text of the whole list.
 *
 * <p>A token's text depends on its neighbours (byte tokens make up characters, sentence pieces swallow a leading
 * space), so each step decodes a short window: the tokens given out last, and with them the new ones; what the second
 * text has beyond the first is new. A text that ends in the replacement character is an unfinished character and is
 * held back. Not thread-safe.
 */
final class IncrementalDetokenizer {

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

    /** Takes one more token and gives the text that is complete with it, possibly empty. */
    String add(long token) {
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

    /** What is still held back, an unfinished character as replacement characters. */
    String finish() {
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
