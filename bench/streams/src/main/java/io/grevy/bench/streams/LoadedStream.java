package io.grevy.bench.streams;

import java.nio.ByteBuffer;

/** What one client has of its stream. Not thread-safe. */
final class LoadedStream {

    private static final String DATA = "data: ";
    private static final String CONTENT = "\"content\":\"";

    private final EventLines lines = new EventLines();
    private final Delays delays;
    private final int expected;
    private int tokens;
    private boolean done;
    private String trouble = "";

    /** @param delays where those of its tokens are added */
    LoadedStream(int expected, Delays delays) {
        this.expected = expected;
        this.delays = delays;
    }

    /** @param nowNanos when they came */
    void take(ByteBuffer bytes, long nowNanos) {
        lines.take(bytes, line -> take(line, nowNanos));
    }

    private void take(String line, long nowNanos) {
        if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
            trouble = line;
        } else if (line.startsWith(DATA + "{\"error\"")) {
            trouble = line;
        } else if (line.startsWith(DATA + "[DONE]")) {
            done = true;
        } else if (line.startsWith(DATA)) {
            content(line, nowNanos);
        }
    }

    private void content(String line, long nowNanos) {
        int begin = line.indexOf(CONTENT);
        if (begin >= 0) {
            String emitted = line.substring(begin + CONTENT.length(), line.indexOf(' ', begin));
            delays.add(nowNanos - Long.parseLong(emitted));
            tokens++;
        }
    }

    boolean done() {
        return done;
    }

    /** Every token came, and the end. */
    boolean whole() {
        return done && tokens == expected;
    }

    /** What the server said was wrong; empty for nothing. */
    String trouble() {
        return trouble;
    }
}
