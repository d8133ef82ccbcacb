package io.grevy.engine;

import io.grevy.openvino.CacheEviction;
import io.grevy.openvino.SchedulerSettings;
import io.grevy.openvino.SparseAttention;
import io.grevy.openvino.Speculation;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.Scheduling;
import io.grevy.repository.Speculation.DraftModel;
import io.grevy.repository.Speculation.PromptLookup;
import java.util.Optional;
import java.util.OptionalInt;

/** A model's settings as the binding of the engine takes them. */
final class BatchingSettings {

    private BatchingSettings() {}

    static SchedulerSettings scheduler(Scheduling scheduling) {
        return new SchedulerSettings(
                scheduling.cacheSizeGb(),
                scheduling.maxNumBatchedTokens(),
                scheduling.maxNumSeqs(),
                scheduling.dynamicSplitFuse(),
                scheduling.enablePrefixCaching(),
                scheduling.cacheIntervalMultiplier(),
                scheduling.cacheEviction().map(BatchingSettings::eviction),
                scheduling.sparseAttention().map(BatchingSettings::sparse));
    }

    static Speculation speculation(ExecutionSettings execution) {
        if (execution.speculation() instanceof DraftModel draft) {
            return new Speculation.DraftModel(
                    draft.folder(), draft.device().orElse(execution.targetDevice()), scheduler(draft, execution));
        }
        return execution.speculation() instanceof PromptLookup
                ? new Speculation.PromptLookup()
                : new Speculation.None();
    }

    /** What the draft model does not say is as with the main one. */
    private static SchedulerSettings scheduler(DraftModel draft, ExecutionSettings execution) {
        Scheduling main = execution.scheduling();
        return new SchedulerSettings(
                draft.cacheSizeGb().orElse(main.cacheSizeGb()),
                main.maxNumBatchedTokens(),
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
