package io.grevy.cli;

import java.io.PrintStream;

/**
 * Lines for people, each with the program's name, and on a terminal one at the end that is written over as things go
 * on. Thread-safe.
 */
final class Console {
    /** To the line's beginning, and nothing to the right of it. */
    private static final String AFRESH = "\r\u001b[K";

    private final PrintStream stream;
    private final boolean terminal;
    private boolean shown; // guarded by this

    /** One that is no terminal. */
    Console(PrintStream stream) {
        this(stream, false);
    }

    Console(PrintStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    synchronized void say(String line) {
        clear();
        stream.println("grevy: " + line);
        stream.flush();
    }

    /** Writes over what was shown last; for terminals only. */
    synchronized void show(String line) {
        stream.print(AFRESH + "grevy: " + line);
        stream.flush();
        shown = true;
    }

    /** Takes away what was shown last. */
    synchronized void clear() {
        if (shown) {
            stream.print(AFRESH);
            stream.flush();
            shown = false;
        }
    }
}
