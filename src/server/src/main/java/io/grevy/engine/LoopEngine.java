package io.grevy.engine;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;

/** The engine of a model: composes prompts on the caller's thread and lets the model's loop do the rest. */
final class LoopEngine implements Engine {

    private final GenerationLoop loop;
    private final PromptComposer composer;
    private final GenerationOptions options;
    private final IncrementalDetokenizer.Decoder decoder;
    private final int capacity;

    LoopEngine(
            GenerationLoop loop,
            PromptComposer composer,
            GenerationOptions options,
            IncrementalDetokenizer.Decoder decoder,
            int capacity) {
        this.loop = loop;
        this.composer = composer;
        this.options = options;
        this.decoder = decoder;
        this.capacity = capacity;
    }

    @Override
    public Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        ComposedPrompt prompt = composer.compose(request.messages());
        Runnable[] cancellations = new Runnable[request.choices()];
        TokenGeneration generation = new TokenGeneration(
                decoder, request.stopping().stopStrings(), request.choices(), choice -> cancellations[choice].run());
        for (int choice = 0; choice < request.choices(); choice++) {
            try {
                cancellations[choice] = loop.submit(generation, choice, prompt, options.of(request, choice, prompt));
            } catch (RefusedRequestException | EngineUnavailableException | RuntimeException e) {
                for (int started = 0; started < choice; started++) {
                    cancellations[started].run();
                }
                throw e;
            }
        }
        return generation;
    }

    @Override
    public EngineCondition condition() {
        return loop.condition();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        loop.close();
    }
}
