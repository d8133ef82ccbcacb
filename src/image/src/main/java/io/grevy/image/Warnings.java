package io.grevy.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What readers merely warn of, but leaves pixels made up: an error here. */
final class Warnings {

    private Warnings() {}

    /**
     * Tells warnings that matter from harmless ones, such as a strange profile or a few bytes too many.
     *
     * @throws EOFException where the data ended early
     * @throws IOException where the data is damaged
     */
    static void check(List<String> warnings) throws IOException {
        for (String warning : warnings) {
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("premature end") || text.contains("unexpected end")) {
                throw new EOFException(warning);
            } else if (text.contains("corrupt jpeg data") && !text.contains("extraneous bytes")) {
                throw new IOException(warning);
            }
        }
    }
}
