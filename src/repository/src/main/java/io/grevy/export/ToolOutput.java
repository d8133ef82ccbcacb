package io.grevy.export;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a tool prints, line by line. A progress bar draws over its line again and again: of it only the last state is
 * shown, and one now and then before. Not thread-safe.
 */
final class ToolOutput {
    private static final int KEPT = 20;
    private static final Duration BETWEEN_STATES = Duration.ofSeconds(10);
    private static final Pattern COLOURS = Pattern.compile("\\x1B\\[[0-9;?]*[A-Za-z]");

    private final Consumer<String> log;
    private final Deque<String> last = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private long shown = System.nanoTime();

    ToolOutput(Consumer<String> log) {
        this.log = log;
    }

    /** Reads to the end. */
    void read(Reader reader) throws IOException {
        boolean drawnOver = false;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                show();
                drawnOver = false;
            } else if (c == '\r') {
                drawnOver = true;
            } else {
                if (drawnOver) {
                    showNowAndThen();
                    drawnOver = false;
                }
                line.append((char) c);
            }
        }
        show();
    }

    /** The last lines, at most twenty. */
    List<String> last() {
        return List.copyOf(last);
    }

    private void showNowAndThen() {
        if (System.nanoTime() - shown > BETWEEN_STATES.toNanos()) {
            log.accept(text());
            shown = System.nanoTime();
        }
        line.setLength(0);
    }

    private void show() {
        String text = text();
        line.setLength(0);
        if (text.isBlank()) {
            return;
        }
        log.accept(text);
        shown = System.nanoTime();
        last.addLast(text);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    private String text() {
        return COLOURS.matcher(line).replaceAll("").stripTrailing();
    }
}
