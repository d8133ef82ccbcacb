package io.grevy.openai.chat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes events that have names, each leaving as it comes. Used by one thread.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>
 */
public final class NamedEvents {

    private final OutputStream out;

    /**
     * Commits the answer.
     *
     * @throws IOException from here and from every method: the client has gone
     */
    public NamedEvents(OutputStream out) throws IOException {
        this.out = out;
        out.flush(); // Liberty ignores the first flush: without this one the first event would leave with the second.
    }

    public void send(String name, JsonObject data) throws IOException {
        write(("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link Chunks#heartbeat}. */
    public void heartbeat() throws IOException {
        write(Chunks.heartbeat());
    }

    private void write(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }
}
