package io.grevy.repository;

import io.grevy.repository.Speculation.DraftModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refuses, by name, settings that the engine does not do together; it would find out in the middle of an answer. */
final class ExecutionCheck {
    private static final int CPU_BLOCK = 32;
    private static final int GPU_BLOCK = 16;
    private static final int GPU_XATTENTION_BLOCK = 256;

    private ExecutionCheck() {}

    static void check(PipelineType pipeline, ExecutionSettings execution) {
        checkBatching(pipeline, execution);
        if (pipeline.continuousBatching()) {
            checkStep(execution);
            checkWholePrompts(pipeline, execution.scheduling());
        }
        if (execution.speculation() instanceof DraftModel draft) {
            checkDraft(draft, pipeline);
        }
        execution.scheduling().cacheEviction().ifPresent(eviction -> checkEviction(eviction, execution));
        if (execution.speculation() instanceof DraftModel && xattention(execution)) {
            throw new RepositoryException(
                    "sparse_attention_config: XATTENTION does not go together with draft_models_path; TRISHAPE does");
        }
    }

    private static void checkBatching(PipelineType pipeline, ExecutionSettings execution) {
        if (pipeline.continuousBatching()) {
            return;
        }
        Map<String, Boolean> asked = new LinkedHashMap<>();
        asked.put("draft_models_path", execution.speculation() instanceof DraftModel);
        asked.put("plugin_config.prompt_lookup", execution.speculation() instanceof Speculation.PromptLookup);
        asked.put(
                "cache_eviction_config", execution.scheduling().cacheEviction().isPresent());
        asked.put(
                "sparse_attention_config",
                execution.scheduling().sparseAttention().isPresent());
        asked.forEach((setting, is) -> {
            if (is) {
                throw new RepositoryException(setting + ": it needs continuous batching, and pipeline_type " + pipeline
                        + " has none: ask for " + PipelineType.of(pipeline.vision(), true));
            }
        });
    }

    private static void checkStep(ExecutionSettings execution) {
        Scheduling scheduling = execution.scheduling();
        int tokens = scheduling.maxNumBatchedTokens();
        if (!(execution.speculation() instanceof Speculation.None) && tokens <= Speculation.MOST_GUESSES) {
            throw new RepositoryException("max_num_batched_tokens " + tokens + ": with "
                    + (execution.speculation() instanceof DraftModel ? "draft_models_path" : "prompt_lookup")
                    + " it is to be more than " + Speculation.MOST_GUESSES
                    + ", for all that is guessed for a request is checked in one step");
        }
    }

    private static void checkWholePrompts(PipelineType pipeline, Scheduling scheduling) {
        if (pipeline.vision() && !scheduling.dynamicSplitFuse()) {
            throw new RepositoryException("dynamic_split_fuse false: with pictures a prompt may become longer than"
                    + " max_num_batched_tokens, at which the engine fails; leave it out");
        }
    }

    private static void checkDraft(DraftModel draft, PipelineType pipeline) {
        if (pipeline.vision()) {
            throw new RepositoryException("draft_models_path: a vision-language model takes no draft model, for the"
                    + " engine has only EAGLE-3 and DFlash ones for it, which are not served; prompt_lookup in"
                    + " plugin_config speeds it up without one");
        }
        try {
            if (ModelFolder.locate(draft.folder()).facts().vision()) {
                throw new RepositoryException(draft.folder() + ": it holds a vision-language model");
            }
        } catch (RepositoryException e) {
            throw new RepositoryException("draft_models_path: " + e.getMessage(), e);
        }
    }

    private static void checkEviction(CacheEviction eviction, ExecutionSettings execution) {
        if (!(execution.speculation() instanceof Speculation.None)) {
            throw new RepositoryException("cache_eviction_config: it does not go together with "
                    + (execution.speculation() instanceof DraftModel ? "draft_models_path" : "prompt_lookup")
                    + ": what is guessed would decide on what is evicted");
        }
        if (execution.scheduling().enablePrefixCaching()) {
            throw new RepositoryException("cache_eviction_config: it does not go together with enable_prefix_caching:"
                    + " answers would depend on earlier requests");
        }
        int block = block(execution);
        checkSize("start_size", eviction.startSize(), block);
        checkSize("recent_size", eviction.recentSize(), block);
        checkSize("max_cache_size", eviction.maxCacheSize(), block);
    }

    private static void checkSize(String name, int size, int block) {
        if (size % block != 0) {
            throw new RepositoryException("cache_eviction_config." + name + " " + size
                    + ": allowed are multiples of the cache's block, which has " + block + " tokens there");
        }
    }

    /** A device that is chosen at load may have any of them; each divides the next. */
    private static int block(ExecutionSettings execution) {
        boolean cpu = execution.targetDevice().equals("CPU");
        if (!cpu && xattention(execution)) {
            return GPU_XATTENTION_BLOCK;
        }
        return execution.targetDevice().startsWith("GPU") ? GPU_BLOCK : CPU_BLOCK;
    }

    private static boolean xattention(ExecutionSettings execution) {
        return execution
                .scheduling()
                .sparseAttention()
                .filter(sparse -> sparse.mode() == SparseAttention.Mode.XATTENTION)
                .isPresent();
    }
}
