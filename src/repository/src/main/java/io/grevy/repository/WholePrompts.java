package io.grevy.repository;

import java.util.OptionalInt;

/**
 * Steps that a whole prompt fits in, where {@code dynamic_split_fuse} is off. The engine fails at a prompt that is longer
 * than a step, and with it every other request of the model.
 */
final class WholePrompts {
    /** Where the model does not say how long its prompts may be. */
    private static final int ANY = 1 << 20;

    private WholePrompts() {}

    /** @throws RepositoryException for a model that takes pictures, whose tokens are counted too late */
    static ExecutionSettings fit(PipelineType pipeline, ExecutionSettings execution, OptionalInt contextLength) {
        Scheduling scheduling = execution.scheduling();
        if (!pipeline.continuousBatching() || scheduling.dynamicSplitFuse()) {
            return execution;
        }
        if (pipeline.vision()) {
            throw new RepositoryException("dynamic_split_fuse false: with pictures a prompt may become longer than"
                    + " max_num_batched_tokens, at which the engine fails; leave it out");
        }
        int needed = contextLength.orElse(ANY);
        return needed <= scheduling.maxNumBatchedTokens()
                ? execution
                : execution.with(scheduling.withMaxNumBatchedTokens(needed));
    }
}
