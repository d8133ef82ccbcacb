package io.grevy.tools;

import java.util.List;

/**
 * Reads one choice's text as it is generated. Not thread-safe; one per choice.
 *
 * <p>Text is held back only while it may still be a marker or a call's head, and white space while a call may follow it.
 */
public interface OutputParser {
    /**
     * @param text the next characters, cut anywhere between characters
     * @return what is certain by now; neighbours of one kind are one piece
     */
    List<OutputPiece> accept(String text);

    /**
     * The text has ended. Call once, and nothing afterwards.
     *
     * @return what was held back
     */
    List<OutputPiece> end();
}
