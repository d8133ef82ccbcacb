package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.model.Place;
import io.grevy.openai.ApiException;
import io.grevy.openai.JsonAnswer;
import io.grevy.security.Visit;
import java.io.IOException;
import java.io.OutputStream;

/** A request for generated text that was read and checked: what is its path's own. Used by one thread. */
public interface GenerationRequest {

    /** The name of the model that is asked. */
    String model();

    /** Where in the request its prompt stands, for messages about it. */
    String promptField();

    /** What the ids of its answers begin with. */
    String idPrefix();

    /** Whether the answer is sent as a stream. */
    boolean streamed();

    /**
     * Tells what is asked, before anything is loaded.
     *
     * @throws ApiException RATE_LIMIT_EXCEEDED if the tenant may not have so many pictures
     */
    void tell(Visit visit);

    /**
     * Loads what is still to be loaded and starts the generation. Lets go of all that only this needs: it may be large.
     *
     * @param held counts what is loaded
     */
    Generation start(Place place, String id, BodyBudget.Share held) throws InterruptedException;

    /** What gathers a whole answer. */
    WholeSink whole(AnswerHead head);

    /** What writes a stream. */
    StreamSink stream(AnswerHead head, OutputStream out) throws IOException;

    /** Gathers an answer. */
    interface WholeSink extends EventSink {

        /** All of it, after {@link #finished}. */
        JsonAnswer answer();
    }

    /** Writes an answer as it comes. */
    interface StreamSink extends EventSink {

        /** Ends the stream with an error, and so without {@code [DONE]}: the answer isn't complete. */
        void failed(ApiException e) throws IOException;
    }
}
