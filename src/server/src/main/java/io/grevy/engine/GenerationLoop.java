package io.grevy.engine;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.RefusedRequestException;
import java.util.Map;

/** The one thread of a model on which its pipeline runs. Thread-safe. */
interface GenerationLoop extends AutoCloseable {

    /**
     * Hands over one choice of a generation and waits until the pipeline has taken it.
     *
     * @return ends the choice at the next step; harmless when it has ended
     */
    Runnable submit(TokenSink sink, int choice, ComposedPrompt prompt, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException;

    EngineCondition condition();

    /** Tells every open generation that it failed, closes the pipeline on its thread, and ends that. */
    @Override
    void close();
}
