package io.grevy.openai.chat;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RefusedRequestException;
import io.grevy.model.Asker;
import io.grevy.model.ModelState;
import io.grevy.model.ModelStatus;
import io.grevy.model.ModelUnavailableException;
import io.grevy.model.Models;
import io.grevy.model.Place;
import io.grevy.model.QueueFullException;
import io.grevy.model.ServedModel;
import io.grevy.model.UnknownModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A served model that tells a prepared list of events; an empty one stands for silence as long as the patience. */
final class ScriptedModels implements Models, ServedModel {

    static final String NAME = "org/model";
    static final Instant SINCE = Instant.ofEpochSecond(1700000000);

    final List<InferenceRequest> started = new ArrayList<>();
    int admitted;
    int placesClosed;
    int generationsClosed;
    Optional<RefusedRequestException> refusal = Optional.empty();
    boolean full;

    private final Queue<Optional<GenerationEvent>> script = new ArrayDeque<>();

    ScriptedModels(GenerationEvent... events) {
        for (GenerationEvent event : events) {
            script.add(Optional.of(event));
        }
    }

    ScriptedModels thenSilence() {
        script.add(Optional.empty());
        return this;
    }

    ScriptedModels then(GenerationEvent... events) {
        for (GenerationEvent event : events) {
            script.add(Optional.of(event));
        }
        return this;
    }

    @Override
    public ServedModel find(String name) throws UnknownModelException, ModelUnavailableException {
        if (name.equals("loading")) {
            throw new ModelUnavailableException("The model 'loading' is LOADING.");
        }
        if (!name.equals(NAME)) {
            throw new UnknownModelException(name);
        }
        return this;
    }

    @Override
    public List<ModelStatus> statuses() {
        return List.of(new ModelStatus(
                NAME,
                "1",
                ModelState.AVAILABLE,
                Optional.empty(),
                Optional.empty(),
                EngineCondition.WELL,
                Optional.of(SINCE),
                false));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant availableSince() {
        return SINCE;
    }

    @Override
    public Place admit(Asker asker) throws QueueFullException {
        if (full) {
            throw new QueueFullException("10 requests wait for the model.");
        }
        admitted++;
        return new ScriptedPlace();
    }

    private final class ScriptedPlace implements Place {

        @Override
        public boolean awaitTurn(Duration patience) {
            return true;
        }

        @Override
        public Optional<ModelTokenizer> tokenizer(Duration patience) {
            throw new UnsupportedOperationException("it has none");
        }

        @Override
        public void leaveUncounted() {}

        @Override
        public void refuse() {}

        @Override
        public void abandon() {}

        @Override
        public Generation start(InferenceRequest request) throws RefusedRequestException {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            started.add(request);
            return new ScriptedGeneration();
        }

        @Override
        public void close() {
            placesClosed++;
        }
    }

    private final class ScriptedGeneration implements Generation {

        @Override
        public Optional<GenerationEvent> next(Duration patience) {
            return script.remove();
        }

        @Override
        public void close() {
            generationsClosed++;
        }
    }
}
