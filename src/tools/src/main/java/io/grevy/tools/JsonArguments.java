package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a call's arguments which are written in JSON, from their opening brace to the one that closes it, as the
 * model wrote them; but line breaks and the like within strings are escaped, which models forget. The format's closing
 * marker outside of a string ends arguments which nothing closed.
 */
final class JsonArguments {
    private final JsonBalance balance = new JsonBalance();
    private final @Nullable MarkerScanner closing;
    private final StringBuilder out;

    /** @param out takes the arguments */
    JsonArguments(@Nullable String closingMarker, StringBuilder out) {
        this.closing = closingMarker == null ? null : new MarkerScanner(List.of(closingMarker));
        this.out = out;
    }

    /** @return {@code MORE}, {@code DONE} or {@code CLOSED} */
    Progress accept(char c) {
        if (closing == null || balance.isInString()) {
            return pass(c);
        }
        boolean closed = closing.accept(c) != null;
        String plain = closing.takePlain();
        for (int i = 0; i < plain.length(); i++) {
            if (pass(plain.charAt(i)) == Progress.DONE) {
                return Progress.DONE;
            }
        }
        return closed ? Progress.CLOSED : Progress.MORE;
    }

    void end() {
        if (closing != null) {
            out.append(closing.takeHeld());
        }
    }

    private Progress pass(char c) {
        boolean inString = balance.isInString();
        boolean done = balance.closes(c);
        if (inString) {
            JsonText.escapeControl(c, out);
        } else {
            out.append(c);
        }
        return done ? Progress.DONE : Progress.MORE;
    }
}
