package io.grevy.openvino;

import java.util.List;
import java.util.function.Consumer;

/**
 * Whether the library lays its objects out as the hand-written headers say: it publishes none of its own. A library of
 * another layout would read our numbers from the wrong places, so it is refused before the first pipeline.
 */
final class Layouts {
    /** The library's own words for the sample of {@code checks.hpp}, in which every member has its own value. */
    private static final List<String> SCHEDULER_LINES = List.of(
            "max_num_batched_tokens: 1001",
            "num_kv_blocks: 1002",
            "cache_size: 1003",
            "num_linear_attention_blocks: 1004",
            "cache_interval_multiplier: 1005",
            "dynamic_split_fuse: false",
            "use_cache_eviction: true",
            "max_num_seqs: 1006",
            "enable_prefix_caching: true",
            "use_sparse_attention: true",
            "start_size: 1007",
            "recent_size: 1008",
            "max_cache_size: 1009",
            "evictable_size: 1010",
            "apply_rotation: true",
            "snapkv_window_size: 1011",
            "aggregation_mode: SUM",
            "budget: 1012",
            "rng_seed: 1013",
            "anchor_point_mode: ONES",
            "sparseAttentionMode: XATTENTION",
            "num_last_dense_tokens_in_prefill: 1014",
            "num_retained_start_tokens_in_cache: 1015",
            "num_retained_recent_tokens_in_cache: 1016",
            "xattention_threshold: 0.5",
            "xattention_block_size: 1017",
            "xattention_stride: 1018");

    private Layouts() {}

    static void requireExpected(OpenVino.Versions found) {
        requireScheduler(Bytes.text(GenAi::describeSampleScheduler), found);
        requireNone(GenAi::layoutProblem, found);
    }

    static void requireScheduler(String description, OpenVino.Versions found) {
        List<String> lines = description.lines().map(String::strip).toList();
        List<String> missing =
                SCHEDULER_LINES.stream().filter(line -> !lines.contains(line)).toList();
        if (!missing.isEmpty()) {
            throw refused("SchedulerConfig, without " + String.join(", ", missing), found);
        }
    }

    /** @param check writes what differs, or nothing */
    static void requireNone(Consumer<GenAi.Bytes> check, OpenVino.Versions found) {
        String problem = Bytes.text(check);
        if (!problem.isEmpty()) {
            throw refused(problem, found);
        }
    }

    private static NativeLibraryException refused(String what, OpenVino.Versions found) {
        OpenVino.Versions expected = Natives.expected();
        return new NativeLibraryException("expected the layout of OpenVINO " + expected.openvino() + " and GenAI "
                + expected.genai() + ", found OpenVINO " + found.openvino() + " and GenAI " + found.genai()
                + ", which differs in " + what);
    }
}
