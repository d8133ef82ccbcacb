package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.openai.ApiException;
import io.grevy.openai.JsonAnswer;
import io.grevy.security.Visit;
import java.io.IOException;
import java.io.OutputStream;

/** The client's end of one request. The first call settles it; later ones have no effect. */
public interface Reply {

    void whole(JsonAnswer answer);

    /** Sends what the body writes, on this thread; returns when the body does. */
    void stream(Body body);

    void fail(ApiException e);

    /**
     * @throws ClientGoneException if the client is known to have gone
     * @throws ApiException DEADLINE_EXCEEDED if the request's time is up
     */
    default void requireClient() {}

    /** Who asks, until when, and what it comes to. */
    default Visit visit() {
        return new Visit();
    }

    /** The same generation, which ends with {@link ClientGoneException} if the client is known to have gone. */
    default Generation attended(Generation generation) {
        return generation;
    }

    /** Writes a stream. It lets no exception out, since the status has been sent. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
