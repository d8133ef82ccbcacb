package io.grevy.repository;

import io.grevy.repository.graph.LLMCalculatorOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the options of a graph that has been checked to ask for nothing else. */
record GraphReader(GraphFields options) {

    GraphDescription description() {
        String models = options.text("models_path")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new RepositoryException(options.file() + ": models_path: missing"));
        return new GraphDescription(path(models), pipeline(), execution());
    }

    private Optional<PipelineType> pipeline() {
        // LLMCalculatorOptions.PipelineType, but for OMNI, which is refused before.
        return options.constant("pipeline_type", LLMCalculatorOptions.PipelineType.class)
                .filter(type -> type != LLMCalculatorOptions.PipelineType.AUTO)
                .map(type -> PipelineType.valueOf(type.name()));
    }

    private ExecutionSettings execution() {
        ExecutionSettings defaults = ExecutionSettings.defaults();
        Map<String, Object> plugin = options.text("plugin_config")
                .map(text -> PluginConfig.parse(text, options.where("plugin_config")))
                .orElse(Map.of());
        return new ExecutionSettings(
                options.text("device")
                        .map(text -> Device.name(text, options.where("device")))
                        .orElse(defaults.targetDevice()),
                scheduling(defaults.scheduling()),
                PluginConfig.properties(plugin),
                speculation(PluginConfig.promptLookup(plugin)),
                options.number("max_tokens_limit", 1),
                options.number("best_of_limit", 1).orElse(defaults.bestOfLimit()),
                parsing());
    }

    private OutputParsing parsing() {
        return new OutputParsing(
                options.text("tool_parser")
                        .filter(name -> !name.isEmpty())
                        .map(name -> OutputParsing.toolParser(name, options.where("tool_parser"))),
                options.text("reasoning_parser")
                        .filter(name -> !name.isEmpty())
                        .map(name -> OutputParsing.reasoningParser(name, options.where("reasoning_parser"))),
                options.flag("enable_tool_guided_generation").orElse(false));
    }

    private Scheduling scheduling(Scheduling defaults) {
        return new Scheduling(
                options.number("cache_size", 0).orElse(defaults.cacheSizeGb()),
                options.number("max_num_seqs", 1).orElse(defaults.maxNumSeqs()),
                options.number("max_num_batched_tokens", 1).orElse(defaults.maxNumBatchedTokens()),
                options.flag("dynamic_split_fuse").orElse(true),
                options.flag("enable_prefix_caching").orElse(false),
                options.number("cache_interval_multiplier", 1),
                options.nested("cache_eviction_config").map(EvictionReader::read),
                options.nested("sparse_attention_config").map(GraphReader::sparseAttention));
    }

    private Speculation speculation(boolean promptLookup) {
        Optional<String> draft = options.text("draft_models_path").filter(text -> !text.isBlank());
        if (draft.isEmpty()) {
            return promptLookup ? new Speculation.PromptLookup() : new Speculation.None();
        }
        if (promptLookup) {
            throw new RepositoryException(options.where("draft_models_path")
                    + ": plugin_config says prompt_lookup; the two exclude each other");
        }
        return new Speculation.DraftModel(
                path(draft.get()),
                options.text("draft_device").map(text -> Device.name(text, options.where("draft_device"))),
                options.number("draft_cache_size", 0),
                options.number("draft_max_num_seqs", 1));
    }

    private static SparseAttention sparseAttention(GraphFields sparse) {
        SparseAttention defaults = SparseAttention.of(
                sparse.constant("mode", SparseAttention.Mode.class).orElse(SparseAttention.Mode.TRISHAPE));
        return new SparseAttention(
                defaults.mode(),
                sparse.number("num_last_dense_tokens_in_prefill", 0).orElse(defaults.lastDenseTokens()),
                sparse.number("num_retained_start_tokens_in_cache", 0).orElse(defaults.retainedStartTokens()),
                sparse.number("num_retained_recent_tokens_in_cache", 0).orElse(defaults.retainedRecentTokens()),
                sparse.share("xattention_threshold").orElse(defaults.xattentionThreshold()),
                sparse.number("xattention_block_size", 1).orElse(defaults.xattentionBlockSize()),
                sparse.number("xattention_stride", 1).orElse(defaults.xattentionStride()));
    }

    private Path path(String text) {
        return options.file().resolveSibling(text).normalize();
    }
}
