package io.grevy.engine;

import io.grevy.openvino.CacheEviction;
import io.grevy.openvino.SchedulerSettings;
import io.grevy.openvino.SparseAttention;
import io.grevy.openvino.Speculation;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.Scheduling;
import io.grevy.repository.Speculation.DraftModel;
import io.grevy.repository.Speculation.PromptLookup;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A model's settings as the binding of the engine takes them. */
final class BatchingSettings {

    private static final System.Logger LOG = System.getLogger(BatchingSettings.class.getName());

    /** Where a model does not say how long its prompts may be. */
    private static final int ANY_LENGTH = 1 << 20;

    /** Of these the tokens of a picture see each other both ways, so they are to come in one step. */
    private static final Set<String> UNCUT = Set.of("gemma3");

    /** A picture has 256 tokens there, and no more than 256 sequences generate beside it. */
    private static final int ENOUGH_FOR_PICTURES = 8192;

    private BatchingSettings() {}

    static SchedulerSettings scheduler(ModelDefinition model) {
        Scheduling scheduling = model.execution().scheduling();
        return new SchedulerSettings(
                scheduling.cacheSizeGb(),
                tokens(model),
                scheduling.maxNumSeqs(),
                scheduling.dynamicSplitFuse(),
                prefixCaching(model),
                scheduling.cacheIntervalMultiplier(),
                scheduling.cacheEviction().map(BatchingSettings::eviction),
                scheduling.sparseAttention().map(BatchingSettings::sparse));
    }

    private static int tokens(ModelDefinition model) {
        int asked = model.execution().scheduling().maxNumBatchedTokens();
        int tokens = Math.max(asked, leastTokens(model));
        if (tokens > asked) {
            LOG.log(
                    Level.WARNING,
                    "Model {0}: max_num_batched_tokens is {1}, not {2}, so that prompts are not cut",
                    model.name(),
                    tokens,
                    asked);
        }
        return tokens;
    }

    private static int leastTokens(ModelDefinition model) {
        Scheduling scheduling = model.execution().scheduling();
        if (!scheduling.dynamicSplitFuse()) {
            // At a prompt longer than a step the engine fails then, and with it each request of the model; the same
            // where a step has fewer tokens than there are sequences.
            return Math.max(model.facts().contextLength().orElse(ANY_LENGTH), scheduling.maxNumSeqs());
        }
        return UNCUT.contains(model.facts().modelType()) ? ENOUGH_FOR_PICTURES : 0;
    }

    /**
     * With prompt lookup the engine (2026.4.1) gives a request wrong tokens when another one with the same prompt comes
     * while it runs, for the two share the cache's last block, into which guesses are written.
     */
    private static boolean prefixCaching(ModelDefinition model) {
        ExecutionSettings execution = model.execution();
        boolean asked = execution.scheduling().enablePrefixCaching();
        boolean lookup = execution.speculation() instanceof PromptLookup;
        if (asked && lookup) {
            LOG.log(
                    Level.WARNING,
                    "Model {0}: there is no prefix caching with prompt_lookup, which gives wrong tokens with it",
                    model.name());
        }
        return asked && !lookup;
    }

    static Speculation speculation(ModelDefinition model) {
        ExecutionSettings execution = model.execution();
        if (execution.speculation() instanceof DraftModel draft) {
            return new Speculation.DraftModel(
                    draft.folder(), draft.device().orElse(execution.targetDevice()), scheduler(draft, model));
        }
        return execution.speculation() instanceof PromptLookup
                ? new Speculation.PromptLookup()
                : new Speculation.None();
    }

    /** What the draft model does not say is as with the main one. */
    private static SchedulerSettings scheduler(DraftModel draft, ModelDefinition model) {
        Scheduling main = model.execution().scheduling();
        return new SchedulerSettings(
                draft.cacheSizeGb().orElse(main.cacheSizeGb()),
                tokens(model),
                draft.maxNumSeqs().orElse(main.maxNumSeqs()),
                main.dynamicSplitFuse(),
                main.enablePrefixCaching(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CacheEviction eviction(io.grevy.repository.CacheEviction eviction) {
        return new CacheEviction(
                eviction.startSize(),
                eviction.recentSize(),
                eviction.maxCacheSize(),
                CacheEviction.Aggregation.valueOf(eviction.aggregation().name()),
                eviction.snapkvWindowSize(),
                eviction.kvCrush()
                        .map(crush -> new CacheEviction.KvCrush(
                                crush.budget(),
                                CacheEviction.KvCrush.Anchor.valueOf(
                                        crush.anchor().name()),
                                crush.rngSeed())));
    }

    private static SparseAttention sparse(io.grevy.repository.SparseAttention sparse) {
        return new SparseAttention(
                SparseAttention.Mode.valueOf(sparse.mode().name()),
                sparse.lastDenseTokens(),
                sparse.retainedStartTokens(),
                sparse.retainedRecentTokens(),
                sparse.xattentionThreshold(),
                sparse.xattentionBlockSize(),
                sparse.xattentionStride());
    }
}
