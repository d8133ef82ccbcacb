package io.grevy.repository;

import io.grevy.repository.graph.LLMCalculatorOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a graph.pbtxt says.
 *
 * @param modelFolder its {@code models_path}, meant from the graph's own folder
 * @param pipeline empty for AUTO
 * @param execution what the graph sets, and for the rest what OVMS takes a graph to mean (no prefix caching)
 */
record Graph(Path modelFolder, Optional<PipelineType> pipeline, ExecutionSettings execution) {

    /** @throws RepositoryException naming the file, and the line and field where it is about one */
    static Graph read(Path path) {
        Path file = path.toAbsolutePath().normalize();
        GraphText text = GraphText.parse(file);
        GraphSupport.check(text);
        LLMCalculatorOptions options = text.options();
        if (options.getModelsPath().isBlank()) {
            throw new RepositoryException(file + ": models_path: missing");
        }
        return new Graph(file.resolveSibling(options.getModelsPath()).normalize(), pipeline(options), execution(text));
    }

    private static Optional<PipelineType> pipeline(LLMCalculatorOptions options) {
        return options.getPipelineType() == LLMCalculatorOptions.PipelineType.AUTO
                ? Optional.empty()
                : Optional.of(PipelineType.valueOf(options.getPipelineType().name()));
    }

    private static ExecutionSettings execution(GraphText text) {
        LLMCalculatorOptions options = text.options();
        ExecutionSettings defaults = ExecutionSettings.defaults();
        OptionalInt maxTokens = text.number("max_tokens_limit", 1);
        return new ExecutionSettings(
                options.hasDevice() ? Device.name(options.getDevice(), text.where("device")) : defaults.targetDevice(),
                text.number("cache_size", 0).orElse(defaults.cacheSizeGb()),
                text.number("max_num_seqs", 1).orElse(defaults.maxNumSeqs()),
                text.number("max_num_batched_tokens", 1).orElse(defaults.maxNumBatchedTokens()),
                !options.hasDynamicSplitFuse() || options.getDynamicSplitFuse(),
                options.getEnablePrefixCaching(),
                options.hasPluginConfig()
                        ? PluginConfig.parse(options.getPluginConfig(), text.where("plugin_config"))
                        : Map.of(),
                maxTokens,
                text.number("best_of_limit", 1).orElse(defaults.bestOfLimit()));
    }
}
