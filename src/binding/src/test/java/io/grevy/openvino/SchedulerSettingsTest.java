package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.openvino.CacheEviction.Aggregation;
import io.grevy.openvino.CacheEviction.KvCrush;
import io.grevy.openvino.CacheEviction.KvCrush.Anchor;
import io.grevy.openvino.SparseAttention.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerSettingsTest {
    private static final String LONG = "Where is the red star, left or right of the blue ring? ".repeat(20);
    private static final CacheEviction EVICTION =
            new CacheEviction(32, 32, 128, Aggregation.NORM_SUM, 8, Optional.empty());

    @Test
    void tellTheEngineEveryValue() {
        assertThat(lines(new SchedulerSettings(
                        3,
                        4,
                        5,
                        false,
                        true,
                        OptionalInt.of(6),
                        Optional.of(new CacheEviction(
                                7, 8, 25, Aggregation.SUM, 9, Optional.of(new KvCrush(11, Anchor.ZEROS, 12)))),
                        Optional.of(new SparseAttention(Mode.XATTENTION, 13, 14, 15, 0.25f, 16, 17)))))
                .contains(
                        "cache_size: 3",
                        "num_kv_blocks: 0",
                        "max_num_batched_tokens: 4",
                        "max_num_seqs: 5",
                        "dynamic_split_fuse: false",
                        "enable_prefix_caching: true",
                        "cache_interval_multiplier: 6",
                        "use_cache_eviction: true",
                        "start_size: 7",
                        "recent_size: 8",
                        "max_cache_size: 25",
                        "evictable_size: 10",
                        "aggregation_mode: SUM",
                        "apply_rotation: false",
                        "snapkv_window_size: 9",
                        "budget: 11",
                        "anchor_point_mode: ZEROS",
                        "rng_seed: 12",
                        "use_sparse_attention: true",
                        "sparseAttentionMode: XATTENTION",
                        "num_last_dense_tokens_in_prefill: 13",
                        "num_retained_start_tokens_in_cache: 14",
                        "num_retained_recent_tokens_in_cache: 15",
                        "xattention_threshold: 0.25",
                        "xattention_block_size: 16",
                        "xattention_stride: 17");
    }

    @Test
    void leaveTheEngineItsOwnValues() {
        assertThat(lines(SchedulerSettings.defaults()))
                .contains(
                        "cache_interval_multiplier: unset", "use_cache_eviction: false", "use_sparse_attention: false");
    }

    @ParameterizedTest
    @EnumSource
    void nameAnchorsAsTheEngineDoes(Anchor anchor) {
        assertThat(lines(evicting(
                        new CacheEviction(32, 32, 128, Aggregation.SUM, 8, Optional.of(new KvCrush(1, anchor, 0))))))
                .contains("anchor_point_mode: " + anchor);
    }

    @ParameterizedTest
    @EnumSource
    void nameAggregationsAsTheEngineDoes(Aggregation aggregation) {
        assertThat(lines(evicting(new CacheEviction(32, 32, 128, aggregation, 8, Optional.empty()))))
                .contains("aggregation_mode: " + aggregation);
    }

    @ParameterizedTest
    @EnumSource
    void nameSparseModesAsTheEngineDoes(Mode mode) {
        assertThat(lines(sparse(256, new SparseAttention(mode, 1, 32, 32, 0.5f, 64, 8))))
                .contains("sparseAttentionMode: " + mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "qwen2_vl", "llava"})
    void evictionBoundsTheCacheOfALongAnswer(String type) {
        Path model = Models.fixture(type);
        float kept = mostCache(model, new SchedulerSettings(0, 256, 8, true, false));
        float evicted = mostCache(model, evicting(EVICTION));
        // 100 blocks of 32 tokens: an answer of 640 takes 20 and more, the four blocks kept and one that fills up five.
        assertThat(kept).isGreaterThanOrEqualTo(20);
        assertThat(evicted).isLessThanOrEqualTo(6);
    }

    private static float mostCache(Path model, SchedulerSettings settings) {
        try (BatchingPipeline pipeline = BatchingPipeline.open(model, "CPU", settings, 100, Models.EXACT)) {
            long request = pipeline.add("x", List.of(), Models.greedy(640));
            assertThat(new Loop(pipeline).finish().answer(request).tokens()).hasSize(640);
            return pipeline.metrics().maxCacheUsagePercent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void evictionRunsWithEveryKindOfAnchor(Anchor anchor) {
        SchedulerSettings settings = evicting(
                new CacheEviction(32, 32, 128, Aggregation.NORM_SUM, 0, Optional.of(new KvCrush(1, anchor, 3))));

        assertThat(ask(settings, LONG, 200).tokens()).hasSize(200);
    }

    @Test
    void evictionChangesNothingBeforeTheCacheIsFull() {
        assertSame(ask(evicting(EVICTION), "x", 60), ask(SchedulerSettings.defaults(), "x", 60));
    }

    @ParameterizedTest
    @EnumSource
    void sparseAttentionIsForLongPrompts(Mode mode) {
        SchedulerSettings sparse = sparse(256, new SparseAttention(mode, 1, 32, 32, 0.01f, 64, 8));
        SchedulerSettings dense = new SchedulerSettings(0, 256, 8, true, false);
        String prompt = LONG.repeat(3);

        assertSame(ask(sparse, "x", 20), ask(dense, "x", 20));
        assertThat(ask(sparse, prompt, 1).logProbs())
                .isNotEqualTo(ask(dense, prompt, 1).logProbs());
    }

    @Test
    void aCheckpointIntervalIsNothingToAModelWithoutLinearAttention() {
        SchedulerSettings settings =
                new SchedulerSettings(0, 256, 8, true, true, OptionalInt.of(4), Optional.empty(), Optional.empty());

        assertSame(ask(settings, LONG, 20), ask(SchedulerSettings.defaults(), LONG, 20));
    }

    @Test
    void refuseWhatIsOutOfRange() {
        assertThatThrownBy(() -> new CacheEviction(32, 32, 64, Aggregation.SUM, 8, Optional.empty()))
                .hasMessageContaining("maxCacheSize 64");
        assertThatThrownBy(() -> new SparseAttention(Mode.TRISHAPE, 1, 1, 1, Float.NaN, 1, 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new SchedulerSettings(
                        0, 1, 1, true, false, OptionalInt.of(0), Optional.empty(), Optional.empty()))
                .hasMessageContaining("cacheIntervalMultiplier 0");
    }

    @Test
    void propertiesOfADeviceMayBeNested() {
        Map<String, Object> properties = new HashMap<>(Models.EXACT);
        properties.put("DEVICE_PROPERTIES", Map.of("CPU", Map.of("NUM_STREAMS", 1L)));
        try (BatchingPipeline pipeline =
                BatchingPipeline.open(Models.text(), "CPU", SchedulerSettings.defaults(), properties)) {
            long request = pipeline.add("x", List.of(), Models.greedy(2));
            assertThat(new Loop(pipeline).finish().answer(request).tokens()).hasSize(2);
        }
        properties.put("DEVICE_PROPERTIES", Map.of("CPU", Map.of("NO_SUCH_THING", 1L)));
        assertThatThrownBy(() -> BatchingPipeline.open(Models.text(), "CPU", SchedulerSettings.defaults(), properties))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("NO_SUCH_THING");
    }

    private static Loop.Answer ask(SchedulerSettings settings, String prompt, int tokens) {
        Map<String, Object> options = new HashMap<>(Models.greedy(tokens));
        options.put("logprobs", 1);
        try (BatchingPipeline pipeline = BatchingPipeline.open(Models.text(), "CPU", settings, 200, Models.EXACT)) {
            long request = pipeline.add(prompt, List.of(), options);
            return new Loop(pipeline).finish().answer(request);
        }
    }

    private static void assertSame(Loop.Answer answer, Loop.Answer expected) {
        assertThat(expected.tokens()).isNotEmpty();
        assertThat(answer.tokens()).isEqualTo(expected.tokens());
        assertThat(answer.logProbs()).isEqualTo(expected.logProbs());
    }

    private static SchedulerSettings evicting(CacheEviction eviction) {
        return new SchedulerSettings(
                0, 256, 8, true, false, OptionalInt.empty(), Optional.of(eviction), Optional.empty());
    }

    private static SchedulerSettings sparse(int maxNumBatchedTokens, SparseAttention sparse) {
        return new SchedulerSettings(
                0, maxNumBatchedTokens, 8, true, false, OptionalInt.empty(), Optional.empty(), Optional.of(sparse));
    }

    private static List<String> lines(SchedulerSettings settings) {
        OpenVino.load();
        try (GenAi.Scheduling scheduling = settings.toNative(0)) {
            return Bytes.text(scheduling::describe).lines().map(String::strip).toList();
        }
    }
}
