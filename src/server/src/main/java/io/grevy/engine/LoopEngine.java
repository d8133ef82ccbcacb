package io.grevy.engine;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import java.util.ArrayList;
import java.util.List;

/** The engine of a model: composes prompts on the caller's thread and lets the model's loop do the rest. */
final class LoopEngine implements Engine {

    private final GenerationLoop loop;
    private final PromptComposer composer;
    private final GenerationOptions options;
    private final TokenizerThread tokenizerThread;
    private final Detokenizer.Factory detokenizers;
    private final int capacity;

    LoopEngine(
            GenerationLoop loop,
            PromptComposer composer,
            GenerationOptions options,
            TokenizerThread tokenizerThread,
            Detokenizer.Factory detokenizers,
            int capacity) {
        this.loop = loop;
        this.composer = composer;
        this.options = options;
        this.tokenizerThread = tokenizerThread;
        this.detokenizers = detokenizers;
        this.capacity = capacity;
    }

    @Override
    public Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        options.check(request);
        Prepared prepared = prepare(request);
        List<Runnable> cancellations = new ArrayList<>();
        TokenGeneration generation = new TokenGeneration(
                detokenizers,
                request.stopping().stopStrings(),
                request.choices(),
                choice -> cancellations.get(choice).run());
        boolean started = false;
        try {
            for (int choice = 0; choice < request.choices(); choice++) {
                cancellations.add(loop.submit(
                        generation, choice, prepared.prompt, options.of(request, choice, prepared.maxNewTokens)));
            }
            started = true;
            return generation;
        } finally {
            if (!started) {
                cancellations.forEach(Runnable::run);
            }
        }
    }

    private Prepared prepare(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        try {
            return tokenizerThread.call(() -> {
                ComposedPrompt prompt = composer.compose(request.messages());
                int maxNewTokens = options.maxNewTokens(request, composer.textTokens(prompt));
                options.checkThreshold(request, maxNewTokens);
                return new Prepared(prompt, maxNewTokens);
            });
        } catch (IllegalStateException e) {
            throw new EngineUnavailableException("The model is being unloaded.", e);
        } catch (RefusedRequestException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("The server is stopping.", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

    private record Prepared(ComposedPrompt prompt, int maxNewTokens) {}
}
