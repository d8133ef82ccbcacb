package io.grevy.stub;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;

/**
 * An engine as a machine with cores to spare has it: it runs a few requests at once, each at a pace of its own, and
 * takes no CPU time. So several nodes on one machine do not get into each other's way.
 */
final class PacedEngine implements Engine {

    static final int CAPACITY = 4;
    static final int TOKENS = 40;

    private volatile boolean closed;

    @Override
    public Generation start(InferenceRequest request) {
        return new PacedGeneration(request.stopping().maxTokens().orElse(TOKENS));
    }

    @Override
    public EngineCondition condition() {
        return closed ? EngineCondition.DEAD : EngineCondition.WELL;
    }

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public void close() {
        closed = true;
    }
}
