package io.grevy.engine;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import java.util.Map;

/** The one thread of a model on which its pipeline runs. Thread-safe. */
interface GenerationLoop extends AutoCloseable {

    /**
     * Refuses what this loop can't do, naming it, and compiles the structure among the options, if there is one.
     * Blocks for the latter.
     */
    void prepare(InferenceRequest request, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException;

    /**
     * Hands over one native request of a generation and waits until the pipeline has taken it.
     *
     * @param choices what it answers: one choice, or as many as beams are wanted
     * @return ends the choices at the next step; harmless when they have ended
     */
    Runnable submit(TokenSink sink, Range choices, ComposedPrompt prompt, Map<String, Object> options)
            throws RefusedRequestException, EngineUnavailableException;

    /** Choices that follow upon each other. */
    record Range(int first, int count) {}

    EngineCondition condition();

    /** Tells every open generation that it failed, closes the pipeline on its thread, and ends that. */
    @Override
    void close();
}
