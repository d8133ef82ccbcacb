package io.grevy.engine;

/**
 * Turns a growing list of tokens into text, piece by piece; the pieces joined are the text of the whole list. A
 * character that is not complete yet is held back. Not thread-safe.
 */
interface Detokenizer {

    /** Takes one more token and gives the text that is complete with it, possibly empty. */
    String add(long token);

    /** What is still held back, an unfinished character as replacement characters. */
    String finish();

    /** Makes one for each choice of each request. Thread-safe. */
    interface Factory {
        Detokenizer create();

        /** What one token stands for, in UTF-8; empty for one without text. Not to be written to. */
        byte[] bytes(long token);
    }
}
