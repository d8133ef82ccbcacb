package io.grevy.bench.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts what comes of one stream into lines, however it was cut on its way. Not thread-safe. */
final class EventLines {

    private static final int FIRST_ROOM = 1024;

    private byte[] line = new byte[FIRST_ROOM];
    private int length;

    void take(ByteBuffer bytes, Consumer<String> lines) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                length = 0;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = next;
            }
        }
    }
}
