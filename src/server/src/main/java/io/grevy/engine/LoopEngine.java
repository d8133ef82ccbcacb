package io.grevy.engine;

import io.grevy.inference.Choices;
import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Prompting;
import io.grevy.inference.RawPrompt;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine of a model: composes prompts on the caller's thread and lets the model's loop do the rest. */
final class LoopEngine implements Engine {

    private final GenerationLoop loop;
    private final PromptComposer composer;
    private final GenerationOptions options;
    private final TokenizerThread tokenizerThread;
    private final Detokenizers detokenizers;
    private final OutputReading output;
    private final int capacity;

    LoopEngine(
            GenerationLoop loop,
            PromptComposer composer,
            GenerationOptions options,
            TokenizerThread tokenizerThread,
            Detokenizers detokenizers,
            OutputReading output,
            int capacity) {
        this.loop = loop;
        this.composer = composer;
        this.options = options;
        this.tokenizerThread = tokenizerThread;
        this.detokenizers = detokenizers;
        this.output = output;
        this.capacity = capacity;
    }

    @Override
    public Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        return request.prompting().raw().size() > 1 ? startEach(request) : start(request, () -> {});
    }

    /** @param arrival is run whenever the generation has something to tell */
    private Generation start(InferenceRequest request, Runnable arrival)
            throws RefusedRequestException, EngineUnavailableException {
        try {
            return startOne(request, arrival);
        } catch (RefusedRequestException e) {
            List<RawPrompt> raw = request.prompting().raw();
            throw raw.isEmpty() || !e.ofPrompt() ? e : e.at(raw.get(0).field());
        }
    }

    /** A generation for each of the raw prompts. */
    private Generation startEach(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        List<Generation> generations = new ArrayList<>();
        Arrivals arrivals = new Arrivals();
        boolean started = false;
        try {
            for (RawPrompt prompt : request.prompting().raw()) {
                generations.add(start(request.with(Prompting.raw(List.of(prompt))), arrivals::tell));
            }
            started = true;
        } finally {
            if (!started) {
                generations.forEach(Generation::close);
            }
        }
        return new JoinedGeneration(generations, request.choices().count(), arrivals);
    }

    private Generation startOne(InferenceRequest request, Runnable arrival)
            throws RefusedRequestException, EngineUnavailableException {
        options.check(request);
        output.check(request);
        if (request.structure().isPresent()) {
            options.check(request.structure().get());
        }
        loop.prepare(request, options.ofStructure(request));
        Prepared prepared = prepare(request);
        Generation generation =
                start(forced(request, prepared.prompt), prepared, output.needsSpecialTokens(request), arrival);
        Optional<OutputParsers> parsers = output.parsers(request, prepared.prompt.text());
        return parsers.isPresent()
                ? new ParsedGeneration(
                        generation, parsers.get(), request.choices().count())
                : generation;
    }

    /** The request with what its tools come to. Calls are forced after the prompt: it says where the answer begins. */
    private InferenceRequest forced(InferenceRequest request, ComposedPrompt prompt)
            throws RefusedRequestException, EngineUnavailableException {
        Optional<Structure> structure = output.structure(request, prompt.text());
        if (structure.isEmpty()) {
            return request;
        }
        options.check(structure.get());
        InferenceRequest forced = request.with(structure.get());
        loop.prepare(forced, options.ofStructure(forced));
        return forced;
    }

    private Generation start(InferenceRequest request, Prepared prepared, boolean specialTokens, Runnable arrival)
            throws RefusedRequestException, EngineUnavailableException {
        Choices choices = request.choices();
        boolean selects = !choices.beams() && choices.candidates() > choices.count();
        List<Runnable> cancellations = new ArrayList<>();
        TokenGeneration generation = new TokenGeneration(
                specialTokens || request.rendering().specialTokens() ? detokenizers.special() : detokenizers.plain(),
                request.stopping(),
                choices.beams() ? choices.count() : choices.candidates(),
                selects || request.rendering().logProbs(),
                choice -> cancellations.get(choices.beams() ? 0 : choice).run(),
                arrival);
        submit(request, prepared, generation, cancellations);
        return selects
                ? new BestOfGeneration(generation, choices, request.rendering().logProbs())
                : generation;
    }

    /** Beams are one native request, other choices one each. */
    private void submit(InferenceRequest request, Prepared prepared, TokenSink sink, List<Runnable> cancellations)
            throws RefusedRequestException, EngineUnavailableException {
        Choices choices = request.choices();
        int requests = choices.beams() ? 1 : choices.candidates();
        boolean started = false;
        try {
            for (int i = 0; i < requests; i++) {
                cancellations.add(loop.submit(
                        sink,
                        new GenerationLoop.Range(i, choices.beams() ? choices.count() : 1),
                        prepared.prompt,
                        options.of(request, i, prepared.maxNewTokens)));
            }
            started = true;
        } finally {
            if (!started) {
                cancellations.forEach(Runnable::run);
            }
        }
    }

    private Prepared prepare(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        return tokenizerThread.serve(() -> {
            ComposedPrompt prompt = composer.compose(request);
            int maxNewTokens = options.maxNewTokens(request, composer.textTokens(prompt));
            options.checkThreshold(request, maxNewTokens);
            return new Prepared(prompt, maxNewTokens);
        });
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
