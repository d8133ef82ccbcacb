package io.grevy.tools;

import org.jspecify.annotations.Nullable;

/**
 * How a format writes arguments which are not JSON.
 *
 * @param closer what closes the arguments, which the reader opened
 * @param assignment what stands between an argument's name and its value; within nested objects it is a colon
 * @param quote a marker around strings in which nothing is escaped; with it, names may stand in quotes too
 * @param closing the format's closing marker, which ends arguments that nothing closed
 */
record Notation(
        char closer,
        char assignment,
        @Nullable String quote,
        @Nullable String closing) {
    /** {@code name="text", other=[1, 2.5, True, {'key': None}])}. */
    static Notation python(@Nullable String closing) {
        return new Notation(')', '=', null, closing);
    }

    /** {@code name:<|"|>text<|"|>,other:[1,2.5,true,{key:null}]}}. */
    static final Notation GEMMA = new Notation('}', ':', "<|\"|>", "<tool_call|>");

    boolean isQuote(char c) {
        return c == '"' || (c == '\'' && quote == null);
    }
}
