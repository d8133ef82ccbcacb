package io.grevy.engine;

import io.grevy.openvino.Finish;

/** Takes what the loop has for one generation. Called on the loop's thread; never blocks. */
interface TokenSink {

    /** @param logProbs one for each token, or none at all where the loop knows none */
    void gained(int choice, long[] tokens, float[] logProbs);

    /** The choice has no more tokens. {@code promptTokens} counts those of the pictures too. */
    void ended(int choice, Finish finish, int promptTokens);

    /** The engine refuses the request, in its own words. Nothing was gained. */
    void refused(String message);

    /** The engine failed or closes. */
    void failed(String message);
}
