package io.grevy.engine;

import io.grevy.openvino.Finish;

/** Takes what the loop has for one generation. Called on the loop's thread; never blocks. */
interface TokenSink {

    void gained(int choice, long[] tokens);

    /** The choice has no more tokens. {@code promptTokens} counts those of the pictures too. */
    void ended(int choice, Finish finish, int promptTokens);

    /** The engine failed or closes. */
    void failed(String message);
}
