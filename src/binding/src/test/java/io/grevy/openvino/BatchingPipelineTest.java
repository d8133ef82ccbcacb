package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchingPipelineTest {
    private static final List<Rgb> NONE = List.of();

    private BatchingPipeline text;
    private BatchingPipeline vision;

    @BeforeAll
    void open() {
        text = Models.batching(Models.text());
        vision = Models.batching(Models.vision());
    }

    @AfterAll
    void close() {
        text.close();
        vision.close();
    }

    @Test
    void answersNothingAndDoesNotBlockWhileNothingIsThere() {
        assertThat(text.hasUnfinished()).isFalse();
        assertThat(text.step()).isEmpty();
    }

    @Test
    void endsAtTheLimitOfTokens() {
        Loop.Answer answer = one(text, Models.greedy(7));
        assertThat(answer.finish()).contains(Finish.LENGTH);
        assertThat(answer.tokens()).hasSize(7);
    }

    @Test
    void endsAtAStopToken() {
        Loop.Answer free = one(text, Models.greedy(7));
        Loop.Answer stopped = one(
                text,
                Map.of(
                        "max_new_tokens",
                        7,
                        "stop_token_ids",
                        List.of(free.tokens().get(3))));
        assertThat(stopped.finish()).contains(Finish.STOP);
        assertThat(free.tokens()).startsWith(stopped.tokens().toArray(Long[]::new));
        assertThat(stopped.tokens()).hasSizeLessThan(7);
    }

    @Test
    void endsAtAStopString() {
        String all = text.tokenizer().decode(one(text, Models.greedy(12)).ids(), true);
        String stop = all.substring(all.length() / 2, all.length() / 2 + 2);
        Map<String, Object> options = new HashMap<>(Models.greedy(12));
        options.put("stop_strings", List.of(stop));
        Loop.Answer stopped = one(text, options);
        assertThat(stopped.finish()).contains(Finish.STOP);
        assertThat(all).startsWith(text.tokenizer().decode(stopped.ids(), true));
    }

    @Test
    void countsThePromptsTokensAndThoseOfPictures() {
        String words = Models.prompt(vision.tokenizer(), "What is it?");
        String withTag = Models.prompt(vision.tokenizer(), "<ov_genai_image_0>What is it?");
        Loop.Answer none = ask(vision, words, NONE, Models.greedy(2));
        Loop.Answer picture = ask(vision, withTag, List.of(Models.picture(112, 112, 1)), Models.greedy(2));
        assertThat(none.promptTokens()).isEqualTo(vision.tokenizer().encode(words, false).length);
        // 112 pixels are 8 patches of 14, merged two by two; and a token before them and one behind.
        assertThat(picture.promptTokens()).isEqualTo(none.promptTokens() + 4 * 4 + 2);
    }

    @Test
    void givesTheChosenTokensLogProbabilities() {
        Map<String, Object> options = new HashMap<>(Models.greedy(5));
        options.put("logprobs", 1);
        assertThat(one(text, options).logProbs()).hasSize(5).allMatch(p -> p <= 0 && p > -20);
    }

    @Test
    void putsNothingBeforeAPromptThatBeginsWithItsOwnToken() {
        try (BatchingPipeline llava = Models.batching(Models.fixture("llava"))) {
            long begin = llava.tokenizer().bosTokenId();
            String prompt = llava.tokenizer().decode(new long[] {begin}, false) + "What is it?";
            long[] tokens = llava.tokenizer().encode(prompt, false);
            assertThat(tokens).startsWith(begin);
            assertThat(ask(llava, prompt, NONE, Models.greedy(1)).promptTokens())
                    .isEqualTo(tokens.length);
        }
    }

    @Test
    void cancelsInTheMiddleWhileOthersGoOn() {
        long cancelled = text.add(prompt(), NONE, Models.greedy(500));
        long other = text.add(prompt(), NONE, Models.greedy(30));
        Loop loop = new Loop(text);
        for (int i = 0; i < 10; i++) {
            loop.step();
        }
        text.cancel(cancelled);
        int before = loop.answer(cancelled).tokens().size();
        loop.step();
        assertThat(loop.answer(cancelled).finish()).contains(Finish.CANCELLED);
        assertThat(loop.answer(cancelled).tokens()).hasSize(before).hasSizeGreaterThan(5);
        assertThat(loop.answer(cancelled).promptTokens()).isPositive();
        loop.finish();
        assertThat(loop.answer(other).finish()).contains(Finish.LENGTH);
        assertThat(loop.answer(other).tokens())
                .isEqualTo(one(text, Models.greedy(30)).tokens());
    }

    @Test
    void cancelsWhatHasNotBegun() {
        long request = vision.add("x", NONE, Models.greedy(50));
        vision.cancel(request);
        Loop loop = new Loop(vision).finish();
        assertThat(loop.answer(request).finish()).contains(Finish.CANCELLED);
        assertThat(loop.answer(request).tokens()).isEmpty();
    }

    @Test
    void cancellingWhatIsNotThereIsHarmless() {
        long ended = text.add(prompt(), NONE, Models.greedy(1));
        new Loop(text).finish();
        text.cancel(ended);
        text.cancel(-7);
        text.cancel(Long.MAX_VALUE);
        assertThat(text.step()).isEmpty();
    }

    @Test
    void aSeedIsARequestsOwn() {
        Map<String, Object> first = sampled(1);
        Map<String, Object> second = sampled(2);
        List<Long> firstAlone = one(text, first).tokens();
        List<Long> secondAlone = one(text, second).tokens();
        assertThat(firstAlone).isNotEqualTo(secondAlone);

        long a = text.add(prompt(), NONE, first);
        Loop loop = new Loop(text).step().step();
        long b = text.add(prompt(), NONE, second);
        long c = text.add(prompt(), NONE, first);
        loop.finish();
        assertThat(loop.answer(a).tokens()).isEqualTo(firstAlone);
        assertThat(loop.answer(b).tokens()).isEqualTo(secondAlone);
        assertThat(loop.answer(c).tokens()).isEqualTo(firstAlone);
    }

    @Test
    void followsAJsonSchema() {
        Map<String, Object> options = Map.of(
                "max_new_tokens",
                200,
                "json_schema",
                "{\"type\":\"object\",\"properties\":{\"n\":{\"enum\":[\"Zürich\",\"東京\"]}},\"required\":[\"n\"],"
                        + "\"additionalProperties\":false}");
        Loop.Answer answer = one(text, options);
        assertThat(answer.finish()).contains(Finish.STOP);
        assertThat(text.tokenizer().decode(answer.ids(), true)).matches("\\{\\s*\"n\"\\s*:\\s*\"(Zürich|東京)\"\\s*}");
    }

    @Test
    void refusesABadSchemaBeforeItReachesTheLoop() {
        for (String schema : List.of("{\"type\": nothing", "{\"type\":\"nothing\"}")) {
            assertThatThrownBy(() -> text.add(prompt(), NONE, Map.of("max_new_tokens", 4, "json_schema", schema)))
                    .isInstanceOf(EngineException.class);
        }
        assertThatThrownBy(() -> text.add(prompt(), NONE, Map.of("max_new_tokens", 4, "regex", "(")))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> text.add(prompt(), NONE, Map.of("regex", "a", "grammar", "root ::= \"a\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only one of");
        assertThat(one(text, Models.greedy(2)).tokens()).hasSize(2);
    }

    @Test
    void refusesAnOptionOutOfRangeWithTheEnginesText() {
        assertThatThrownBy(() -> text.add(prompt(), NONE, Map.of("do_sample", true, "temperature", -3)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("temperature must be a strictly positive float");
    }

    @Test
    void refusesATagWithoutItsPicture() {
        String prompt = Models.prompt(vision.tokenizer(), "<ov_genai_image_5>What is it?");
        assertThatThrownBy(() -> vision.add(prompt, List.of(Models.picture(56, 56, 0)), Models.greedy(1)))
                .isInstanceOf(EngineException.class);
        assertThat(one(vision, Models.greedy(2)).tokens()).hasSize(2);
    }

    @Test
    void refusesWhatTheModelDoesNotTake() {
        assertThatThrownBy(() -> text.add(prompt(), List.of(Models.picture(56, 56, 0)), Models.greedy(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vision.add(new long[] {1, 2}, Models.greedy(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.add(new long[] {}, Models.greedy(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.add(new long[] {-1}, Models.greedy(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vision.add("", NONE, Models.greedy(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.add("", NONE, Models.greedy(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPromptLargerThanTheCacheIsIgnoredAndDoesNotHang() {
        SchedulerSettings settings = new SchedulerSettings(0, 64, 8, true, false);
        try (BatchingPipeline pipeline = BatchingPipeline.open(Models.text(), "CPU", settings, 8, Models.EXACT)) {
            long small = pipeline.add(prompt(), NONE, Models.greedy(20));
            long large = pipeline.add("Where is the green star? ".repeat(400), NONE, Models.greedy(4));
            Loop loop = new Loop(pipeline);
            for (int steps = 0; pipeline.hasUnfinished(); steps++) {
                assertThat(steps).isLessThan(1000);
                loop.step();
            }
            assertThat(loop.answer(large).finish()).contains(Finish.IGNORED);
            assertThat(loop.answer(large).tokens()).isEmpty();
            assertThat(loop.answer(small).finish()).get().isIn(Finish.LENGTH, Finish.IGNORED);
            assertThat(one(pipeline, Models.greedy(20)).finish()).contains(Finish.LENGTH);
        }
    }

    @Test
    void aKnownPrefixAndAPictureSeenBeforeGiveTheSameTokens() {
        SchedulerSettings caching = new SchedulerSettings(0, 256, 16, true, true);
        try (BatchingPipeline cached = BatchingPipeline.open(Models.vision(), "CPU", caching, Models.EXACT)) {
            String start = Models.prompt(vision.tokenizer(), "<ov_genai_image_0>" + "Where is the star? ".repeat(30));
            for (String prompt : List.of(start, start, start + "At", start)) {
                for (int seed : new int[] {1, 2, 1}) {
                    List<Rgb> picture = List.of(Models.picture(112, 112, seed));
                    assertThat(ask(cached, prompt, picture, Models.greedy(12)).tokens())
                            .isEqualTo(ask(vision, prompt, picture, Models.greedy(12))
                                    .tokens());
                }
                cached.finishIdle();
            }
        }
    }

    @Test
    void tokensBeyondTheVocabularyDoNoHarm() {
        long request = text.add(new long[] {5, 99_999_999}, Models.greedy(2));
        assertThat(new Loop(text).finish().answer(request).tokens()).hasSize(2);
    }

    @Test
    void stepsWhileOtherThreadsAdd() throws Exception {
        List<Long> expected = one(text, Models.greedy(20)).tokens();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Long>>> added = IntStream.range(0, 4)
                    .mapToObj(caller -> callers.submit(() -> {
                        List<Long> requests = new ArrayList<>();
                        for (int i = 0; i < 25; i++) {
                            requests.add(text.add(prompt(), NONE, Models.greedy(20)));
                        }
                        return requests;
                    }))
                    .toList();
            Loop loop = new Loop(text);
            while (!added.stream().allMatch(Future::isDone)) {
                loop.step();
            }
            loop.finish();
            for (Future<List<Long>> requests : added) {
                assertThat(requests.get())
                        .allSatisfy(request ->
                                assertThat(loop.answer(request).tokens()).isEqualTo(expected));
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void theOutputOfAStepMayBeLargerThanTheRoomForIt() {
        List<Long> requests = IntStream.range(0, 3000)
                .mapToObj(i -> text.add(new long[] {5}, Models.greedy(1)))
                .toList();
        Loop loop = new Loop(text).finish();
        assertThat(requests)
                .allSatisfy(request -> assertThat(loop.answer(request).tokens()).hasSize(1));
    }

    @Test
    void threeHundredRequestsLeaveNothingBehind() {
        Map<String, Object> properties = new HashMap<>(Models.EXACT);
        properties.put("CPU_RUNTIME_CACHE_CAPACITY", 0);
        for (Path model : List.of(Models.text(), Models.vision())) {
            try (BatchingPipeline pipeline =
                    BatchingPipeline.open(model, "CPU", SchedulerSettings.defaults(), properties)) {
                hundredRequests(pipeline);
                hundredRequests(pipeline);
                // The least of some rounds: malloc serves the virtual machine's compiler too.
                long growth = Long.MAX_VALUE;
                for (int round = 0; round < 3 || (growth > 64 << 10 && round < 12); round++) {
                    long before = OpenVino.nativeInUse();
                    hundredRequests(pipeline);
                    growth = Math.min(growth, OpenVino.nativeInUse() - before);
                }
                assertThat(growth).isLessThanOrEqualTo(64 << 10);
                assertThat(pipeline.metrics().requests()).isZero();
            }
        }
    }

    private static void hundredRequests(BatchingPipeline pipeline) {
        String prompt = Models.prompt(pipeline.tokenizer(), "Where is the red ring?");
        for (int round = 0; round < 10; round++) {
            Loop loop = new Loop(pipeline);
            for (int i = 0; i < 10; i++) {
                long request = pipeline.add(prompt, NONE, Models.greedy(12));
                if (i % 5 == 4) {
                    loop.step();
                    pipeline.cancel(request);
                }
            }
            loop.finish();
            pipeline.finishIdle();
        }
    }

    @Test
    void reportsItsState() {
        long request = text.add(prompt(), NONE, Models.greedy(20));
        Loop loop = new Loop(text).step().step();
        PipelineMetrics running = text.metrics();
        assertThat(running.requests()).isEqualTo(1);
        assertThat(running.scheduledRequests()).isEqualTo(1);
        assertThat(running.cacheUsagePercent()).isBetween(0.01f, 100f);
        assertThat(running.maxCacheUsagePercent()).isGreaterThanOrEqualTo(running.cacheUsagePercent());
        assertThat(running.cacheSizeBytes()).isPositive();
        text.finishIdle();
        loop.finish();
        assertThat(loop.answer(request).tokens()).hasSize(20);
    }

    @Test
    void twoPipelinesDoNotKnowOfEachOther() {
        try (BatchingPipeline other = Models.batching(Models.fixture("llava"))) {
            long a = text.add(prompt(), NONE, Models.greedy(10));
            long b = other.add(Models.prompt(other.tokenizer(), "What is it?"), NONE, Models.greedy(10));
            Loop first = new Loop(text);
            Loop second = new Loop(other);
            while (text.hasUnfinished() || other.hasUnfinished()) {
                first.step();
                second.step();
            }
            assertThat(first.answer(a).tokens()).hasSize(10);
            assertThat(second.answer(b).tokens())
                    .hasSize(10)
                    .isNotEqualTo(first.answer(a).tokens());
        }
    }

    @Test
    void closesWhileRequestsRunAndTwice() throws Exception {
        BatchingPipeline pipeline = Models.batching(Models.text());
        for (int i = 0; i < 8; i++) {
            pipeline.add(prompt(), NONE, Models.greedy(100_000));
        }
        CountDownLatch stepping = new CountDownLatch(3);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> loop = thread.submit(() -> {
            while (true) {
                pipeline.step();
                stepping.countDown();
            }
        });
        assertThat(stepping.await(60, TimeUnit.SECONDS)).isTrue();
        pipeline.close();
        pipeline.close();
        assertThatThrownBy(loop::get).hasCauseInstanceOf(IllegalStateException.class);
        thread.shutdown();
        pipeline.cancel(1);
        assertThatThrownBy(() -> pipeline.add(prompt(), NONE, Models.greedy(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pipeline.tokenizer().encode("x", false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFolderWithoutAModelIsRefusedWithTheEnginesText() {
        assertThatThrownBy(() -> Models.batching(Path.of("/nowhere/日本")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("/nowhere/日本");
    }

    @Test
    void anUnknownPropertyIsRefused() {
        assertThatThrownBy(() -> BatchingPipeline.open(
                        Models.text(), "CPU", SchedulerSettings.defaults(), Map.of("NO_SUCH_THING", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("NO_SUCH_THING");
        assertThatThrownBy(() -> BatchingPipeline.open(
                        Models.text(), "CPU", SchedulerSettings.defaults(), Map.of("NUM_STREAMS", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUM_STREAMS");
    }

    private String prompt() {
        return Models.prompt(text.tokenizer(), "What colour is the circle?");
    }

    private Loop.Answer one(BatchingPipeline pipeline, Map<String, Object> options) {
        return ask(pipeline, prompt(), NONE, options);
    }

    private static Loop.Answer ask(
            BatchingPipeline pipeline, String prompt, List<Rgb> pictures, Map<String, Object> options) {
        long request = pipeline.add(prompt, pictures, options);
        return new Loop(pipeline).finish().answer(request);
    }

    private static Map<String, Object> sampled(int seed) {
        Map<String, Object> options = new HashMap<>(Models.greedy(24));
        options.putAll(Map.of("do_sample", true, "temperature", 2, "rng_seed", seed));
        return options;
    }
}
