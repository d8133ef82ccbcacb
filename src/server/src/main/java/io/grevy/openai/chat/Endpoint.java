package io.grevy.openai.chat;

import java.io.IOException;

/**
 * What is done with the requests of one path. Thread-safe.
 *
 * @param <R> a request that was read and checked
 */
public interface Endpoint<R> {

    /** @throws io.grevy.openai.ApiException with the first error that is found */
    R read(byte[] body);

    /**
     * Answers a request, on its own thread. What it throws is the client's answer, if none was given yet.
     *
     * @param share what the request holds of the budget; closing it early is welcome
     */
    void answer(R request, Reply reply, BodyBudget.Share share, String requestId)
            throws InterruptedException, IOException;
}
