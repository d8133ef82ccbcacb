package io.grevy.inference;

/** The engine of one loaded model. Thread-safe. */
public interface Engine {

    /**
     * Composes the prompt and hands it to the engine. Blocks while the prompt is tokenized and, where the engine does
     * it in the caller, while pictures are encoded; never for another request's generation.
     *
     * @throws RefusedRequestException if this model cannot take the request: the client's error
     * @throws EngineUnavailableException if the engine is closing or has failed: the server's
     */
    Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException;
}
