package io.grevy.openai.chat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Usage;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;

/** Writes an answer as a stream of events, each leaving as it comes. */
final class EventStream implements EventSink {

    private final Chunks chunks;
    private final boolean includeUsage;
    private final OutputStream out;
    private final BitSet begun = new BitSet();

    /**
     * Commits the answer.
     *
     * @throws IOException from here and from every method: the client has gone
     */
    EventStream(AnswerHead head, boolean includeUsage, OutputStream out) throws IOException {
        this.chunks = new Chunks(head, includeUsage);
        this.includeUsage = includeUsage;
        this.out = out;
        out.flush(); // Liberty ignores the first flush: without this one the first event would leave with the second.
    }

    @Override
    public void text(int choice, String text) throws IOException {
        boolean first = !begun.get(choice);
        begun.set(choice);
        send(first ? chunks.first(choice, text) : chunks.text(choice, text));
    }

    @Override
    public void ended(int choice, FinishReason reason) throws IOException {
        if (!begun.get(choice)) {
            text(choice, "");
        }
        send(chunks.ended(choice, reason));
    }

    @Override
    public void finished(Usage usage) throws IOException {
        if (includeUsage) {
            send(chunks.usage(TokenUsage.of(usage)));
        }
        send(Chunks.done());
    }

    @Override
    public void quiet() throws IOException {
        send(Chunks.heartbeat());
    }

    /** Ends the stream with an error, and so without {@code [DONE]}: the answer isn't complete. */
    void failed(ApiException e) throws IOException {
        send(Chunks.error(ErrorResponse.of(e)));
    }

    private void send(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }
}
