package io.grevy.inference;

/** The engine of one loaded model. Thread-safe. */
public interface Engine extends AutoCloseable {

    /**
     * Composes the prompt and hands it to the engine. Blocks until the engine has taken it: while the prompt is
     * tokenized and its pictures are encoded, never for another request's whole generation.
     *
     * @throws RefusedRequestException if this model cannot take the request: the client's error
     * @throws EngineUnavailableException if the engine is closing or has failed: the server's
     */
    Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException;

    EngineCondition condition();

    /** How many requests it can run at once; more are taken and wait inside. */
    int capacity();

    /** Ends what still runs with {@link GenerationEvent.Failed} and frees the engine. Closing twice is harmless. */
    @Override
    void close();
}
