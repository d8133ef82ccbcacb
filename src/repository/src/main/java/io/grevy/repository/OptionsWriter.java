package io.grevy.repository;

import io.grevy.repository.graph.LLMCalculatorOptions;
import java.nio.file.Path;

/** Puts a description into LLMCalculatorOptions; what OVMS takes for granted is left out. */
final class OptionsWriter {
    private final LLMCalculatorOptions.Builder options = LLMCalculatorOptions.newBuilder();
    private final Path folder;

    private OptionsWriter(Path folder) {
        this.folder = folder;
    }

    static LLMCalculatorOptions options(GraphDescription description, Path folder) {
        OptionsWriter writer = new OptionsWriter(folder);
        writer.options.setModelsPath(writer.path(description.modelFolder()));
        description
                .pipeline()
                .ifPresent(
                        type -> writer.options.setPipelineType(LLMCalculatorOptions.PipelineType.valueOf(type.name())));
        writer.execution(description.execution());
        writer.scheduling(description.execution().scheduling());
        return writer.options.build();
    }

    private void execution(ExecutionSettings execution) {
        options.setDevice(execution.targetDevice());
        String plugin = PluginConfig.text(
                execution.pluginConfig(), execution.speculation() instanceof Speculation.PromptLookup);
        if (!plugin.isEmpty()) {
            options.setPluginConfig(plugin);
        }
        if (execution.speculation() instanceof Speculation.DraftModel draft) {
            options.setDraftModelsPath(path(draft.folder()));
            draft.device().ifPresent(options::setDraftDevice);
            draft.cacheSizeGb().ifPresent(options::setDraftCacheSize);
            draft.maxNumSeqs().ifPresent(options::setDraftMaxNumSeqs);
        }
        execution.maxTokensLimit().ifPresent(options::setMaxTokensLimit);
        if (execution.bestOfLimit() != ExecutionSettings.defaults().bestOfLimit()) {
            options.setBestOfLimit(execution.bestOfLimit());
        }
        execution.parsing().toolParser().ifPresent(options::setToolParser);
        execution.parsing().reasoningParser().ifPresent(options::setReasoningParser);
        if (execution.parsing().guided()) {
            options.setEnableToolGuidedGeneration(true);
        }
    }

    private void scheduling(Scheduling scheduling) {
        options.setCacheSize(scheduling.cacheSizeGb());
        options.setMaxNumSeqs(scheduling.maxNumSeqs());
        options.setMaxNumBatchedTokens(scheduling.maxNumBatchedTokens());
        options.setEnablePrefixCaching(scheduling.enablePrefixCaching());
        if (!scheduling.dynamicSplitFuse()) {
            options.setDynamicSplitFuse(false);
        }
        scheduling.cacheIntervalMultiplier().ifPresent(options::setCacheIntervalMultiplier);
        scheduling.cacheEviction().ifPresent(this::cacheEviction);
        scheduling.sparseAttention().ifPresent(this::sparseAttention);
    }

    private void cacheEviction(CacheEviction eviction) {
        LLMCalculatorOptions.CacheEvictionConfig.Builder config = options.getCacheEvictionConfigBuilder()
                .setStartSize(eviction.startSize())
                .setRecentSize(eviction.recentSize())
                .setMaxCacheSize(eviction.maxCacheSize())
                .setAggregationMode(LLMCalculatorOptions.CacheEvictionConfig.AggregationMode.valueOf(
                        eviction.aggregation().name()))
                .setSnapkvWindowSize(eviction.snapkvWindowSize());
        eviction.kvCrush()
                .ifPresent(crush -> config.getKvCrushConfigBuilder()
                        .setBudget(crush.budget())
                        .setAnchorPointMode(LLMCalculatorOptions.KVCrushConfig.AnchorPointMode.valueOf(
                                crush.anchor().name()))
                        .setRngSeed(crush.rngSeed()));
    }

    private void sparseAttention(SparseAttention sparse) {
        options.getSparseAttentionConfigBuilder()
                .setMode(LLMCalculatorOptions.SparseAttentionConfig.SparseAttentionMode.valueOf(
                        sparse.mode().name()))
                .setNumLastDenseTokensInPrefill(sparse.lastDenseTokens())
                .setNumRetainedStartTokensInCache(sparse.retainedStartTokens())
                .setNumRetainedRecentTokensInCache(sparse.retainedRecentTokens())
                .setXattentionThreshold(sparse.xattentionThreshold())
                .setXattentionBlockSize(sparse.xattentionBlockSize())
                .setXattentionStride(sparse.xattentionStride());
    }

    private String path(Path path) {
        Path said = path.isAbsolute() && path.startsWith(folder) ? folder.relativize(path) : path;
        return said.isAbsolute() || said.startsWith("..") ? said.toString() : "./" + said;
    }
}
