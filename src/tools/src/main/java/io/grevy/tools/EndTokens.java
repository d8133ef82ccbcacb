package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes the end token which an engine that keeps special tokens leaves as the last thing of a text, and no other. */
final class EndTokens implements CharStage {
    private final MarkerScanner scanner;
    private final CharStage next;
    private @Nullable String last;

    EndTokens(List<String> tokens, CharStage next) {
        this.scanner = new MarkerScanner(tokens);
        this.next = next;
    }

    @Override
    public void accept(char c) {
        String before = last;
        if (before != null) {
            last = null;
            next.acceptAll(before);
        }
        String found = scanner.accept(c);
        next.acceptAll(scanner.takePlain());
        last = found;
    }

    @Override
    public void end() {
        next.acceptAll(scanner.takeHeld());
        next.end();
    }
}
