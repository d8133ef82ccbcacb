package io.grevy.repository;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What flags or configuration say over a folder's own graph.pbtxt; absent parts leave the graph's word, or the default.
 * {@code pluginConfig} replaces the graph's as a whole; {@code kvCachePrecision} is then set in whichever holds. A
 * {@code draftSourceModel} replaces the graph's speculation as a whole. A {@code chatTemplateFile} is absolute.
 */
public record ServingOptions(
        Optional<PipelineType> pipelineType,
        Optional<String> targetDevice,
        OptionalInt cacheSizeGb,
        OptionalInt maxNumSeqs,
        OptionalInt maxNumBatchedTokens,
        Optional<Boolean> enablePrefixCaching,
        Optional<Boolean> dynamicSplitFuse,
        Optional<Map<String, Object>> pluginConfig,
        Optional<String> kvCachePrecision,
        OptionalInt cacheIntervalMultiplier,
        Optional<String> draftSourceModel,
        Optional<String> toolParser,
        Optional<String> reasoningParser,
        Optional<Boolean> enableToolGuidedGeneration,
        Optional<Path> chatTemplateFile) {

    public ServingOptions {
        pluginConfig = pluginConfig.map(Map::copyOf);
    }

    /** Nothing said. */
    public static ServingOptions none() {
        return read(key -> Optional.empty());
    }

    /**
     * Reads the options from settings by their OVMS names ({@code pipeline_type}, {@code target_device},
     * {@code cache_size}, {@code max_num_seqs}, {@code max_num_batched_tokens}, {@code enable_prefix_caching},
     * {@code dynamic_split_fuse}, {@code plugin_config}, {@code kv_cache_precision},
     * {@code cache_interval_multiplier}, {@code draft_source_model}, {@code tool_parser}, {@code reasoning_parser},
     * {@code enable_tool_guided_generation}, {@code chat_template_file}).
     *
     * @param setting gives a setting's text by its name
     * @throws RepositoryException naming the setting, its value and what is allowed
     */
    public static ServingOptions read(Function<String, Optional<String>> setting) {
        Settings settings = new Settings(setting);
        ServingOptions options = new ServingOptions(
                settings.pipelineType("pipeline_type"),
                settings.device("target_device"),
                settings.number("cache_size", 0),
                settings.number("max_num_seqs", 1),
                settings.number("max_num_batched_tokens", 1),
                settings.flag("enable_prefix_caching"),
                settings.flag("dynamic_split_fuse"),
                settings.text("plugin_config").map(text -> PluginConfig.parse(text, "plugin_config")),
                settings.text("kv_cache_precision").map(text -> KvCache.precision(text, "kv_cache_precision")),
                settings.number("cache_interval_multiplier", 1),
                settings.text("draft_source_model"),
                settings.text("tool_parser").map(text -> OutputParsing.toolParser(text, "tool_parser")),
                settings.text("reasoning_parser").map(text -> OutputParsing.reasoningParser(text, "reasoning_parser")),
                settings.flag("enable_tool_guided_generation"),
                settings.text("chat_template_file")
                        .map(file -> Path.of(file).toAbsolutePath().normalize()));
        options.refuseTwoPrecisions();
        return options;
    }

    /**
     * These options over what a graph says, or over the defaults.
     *
     * @param folder the model's, where a draft model of another name than a path may lie
     */
    ExecutionSettings over(ExecutionSettings base, Path folder) {
        Map<String, Object> plugin = pluginConfig.map(PluginConfig::properties).orElse(base.pluginConfig());
        return new ExecutionSettings(
                targetDevice.orElse(base.targetDevice()),
                over(base.scheduling()),
                kvCachePrecision
                        .map(precision -> KvCache.with(precision, plugin))
                        .orElse(plugin),
                speculation(base.speculation(), folder),
                base.maxTokensLimit(),
                base.bestOfLimit(),
                over(base.parsing()));
    }

    private OutputParsing over(OutputParsing base) {
        return new OutputParsing(
                toolParser.or(base::toolParser),
                reasoningParser.or(base::reasoningParser),
                enableToolGuidedGeneration.orElse(base.guided()));
    }

    private Scheduling over(Scheduling base) {
        return new Scheduling(
                cacheSizeGb.orElse(base.cacheSizeGb()),
                maxNumSeqs.orElse(base.maxNumSeqs()),
                maxNumBatchedTokens.orElse(base.maxNumBatchedTokens()),
                dynamicSplitFuse.orElse(base.dynamicSplitFuse()),
                enablePrefixCaching.orElse(base.enablePrefixCaching()),
                cacheIntervalMultiplier.isPresent() ? cacheIntervalMultiplier : base.cacheIntervalMultiplier(),
                base.cacheEviction(),
                base.sparseAttention());
    }

    private Speculation speculation(Speculation base, Path folder) {
        boolean lookup = pluginConfig.map(PluginConfig::promptLookup).orElse(false);
        if (draftSourceModel.isPresent()) {
            if (lookup) {
                throw new RepositoryException("draft_source_model '" + draftSourceModel.get()
                        + "': plugin_config says prompt_lookup; the two exclude each other");
            }
            return DraftSource.model(draftSourceModel.get(), folder);
        }
        if (pluginConfig.isEmpty()) {
            return base;
        }
        if (lookup) {
            return new Speculation.PromptLookup();
        }
        return base instanceof Speculation.PromptLookup ? new Speculation.None() : base;
    }

    private void refuseTwoPrecisions() {
        Optional<Object> other = pluginConfig.map(plugin -> plugin.get(KvCache.PROPERTY));
        if (kvCachePrecision.isPresent() && other.isPresent() && !other.get().equals(kvCachePrecision.get())) {
            throw new RepositoryException("kv_cache_precision '" + kvCachePrecision.get() + "': plugin_config says "
                    + KvCache.PROPERTY + " '" + other.get() + "'; give one of them");
        }
    }
}
