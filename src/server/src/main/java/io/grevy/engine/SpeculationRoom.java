package io.grevy.engine;

import io.grevy.openvino.Speculation;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.Speculation.DraftModel;
import io.grevy.repository.Speculation.PromptLookup;
import java.util.Map;

/**
 * How many requests may be in a pipeline that speculates. The engine checks what it guessed for a request in one step;
 * where the guesses of all of them and the tokens that follow are more than a step takes, it gives wrong tokens or
 * fails. With a draft model it does so too where a prompt is cut into pieces beside another request: there is room for
 * one. Tried with 2026.4.1. Belongs to one thread.
 */
final class SpeculationRoom {

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int most;
    private int taken;

    private SpeculationRoom(int most) {
        this.most = most;
    }

    static SpeculationRoom of(ExecutionSettings execution) {
        if (execution.speculation() instanceof DraftModel) {
            return new SpeculationRoom(1);
        }
        return new SpeculationRoom(
                execution.speculation() instanceof PromptLookup
                        ? execution.scheduling().maxNumBatchedTokens()
                        : UNBOUNDED);
    }

    /** How many requests that do not set their guesses fit. */
    int requests() {
        return most == UNBOUNDED || most == 1 ? most : most / (Speculation.ASSISTANT_TOKENS + 1);
    }

    /** What a request with these options takes; at most all of it. */
    int need(Map<String, Object> options) {
        Object guesses = options.getOrDefault("num_assistant_tokens", Speculation.ASSISTANT_TOKENS);
        return most == UNBOUNDED ? 0 : Math.min(most, ((Number) guesses).intValue() + 1);
    }

    boolean has(int need) {
        return need <= most - taken;
    }

    void take(int need) {
        taken += need;
    }

    void giveBack(int need) {
        taken -= need;
    }
}
