package io.grevy.tools;

/** Takes a text one character at a time. */
interface CharStage {
    void accept(char c);

    /** The text has ended. */
    void end();

    default void acceptAll(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            accept(text.charAt(i));
        }
    }
}
