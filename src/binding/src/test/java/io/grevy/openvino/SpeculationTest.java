package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeculationTest {
    private static final List<Rgb> NONE = List.of();
    private static final String REPEATING = "red ring, blue ring, ".repeat(12);
    private static final Map<String, Object> LOOKUP = Map.of("num_assistant_tokens", 5, "max_ngram_size", 2);

    private BatchingPipeline plain;

    /** With a draft model that always guesses right: the model itself. */
    private BatchingPipeline twin;

    /** With a draft model that often guesses wrong: the model, damaged. */
    private BatchingPipeline erring;

    private BatchingPipeline lookup;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        plain = Models.batching(Models.text());
        twin = open(draft(Models.text()));
        erring = open(draft(damaged(folder.resolve("draft"))));
        lookup = open(new Speculation.PromptLookup());
    }

    @AfterAll
    void close() {
        Stream.of(plain, twin, erring, lookup).forEach(BatchingPipeline::close);
    }

    private enum Guesses {
        RIGHT,
        OFTEN_WRONG,
        LOOKED_UP
    }

    private BatchingPipeline pipeline(Guesses guesses) {
        return switch (guesses) {
            case RIGHT -> twin;
            case OFTEN_WRONG -> erring;
            case LOOKED_UP -> lookup;
        };
    }

    @Test
    void aDraftModelThatIsRightSavesMostSteps() {
        Run expected = run(plain, REPEATING, Models.greedy(40));
        assertThat(expected.steps).isEqualTo(40);

        Run guessed = run(twin, REPEATING, Models.greedy(40));

        assertThat(guessed.answer.tokens()).isEqualTo(expected.answer.tokens());
        // The prompt's step gains one token, every other the five that were guessed and one more.
        assertThat(guessed.steps).isBetween(7, 10);
    }

    @Test
    void aDraftModelThatErrsCostsStepsAndNoToken() {
        Run expected = run(plain, REPEATING, Models.greedy(40));

        Run guessed = run(erring, REPEATING, Models.greedy(40));

        assertThat(guessed.answer.tokens()).isEqualTo(expected.answer.tokens());
        assertThat(guessed.steps).isBetween(run(twin, REPEATING, Models.greedy(40)).steps + 1, 40);
    }

    @Test
    void promptLookupSavesStepsWhereTheAnswerRepeats() {
        Run expected = run(plain, REPEATING, Models.greedy(120));

        Run guessed = run(lookup, REPEATING, with(Models.greedy(120), LOOKUP));

        assertThat(guessed.answer.tokens()).isEqualTo(expected.answer.tokens());
        assertThat(guessed.steps).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2_vl", "llava", "internvl_chat"})
    void promptLookupServesPicturesToo(String type) {
        Path model = Models.fixture(type);
        List<Rgb> pictures = List.of(Models.picture(112, 112, 1), Models.picture(56, 84, 2));
        try (BatchingPipeline vision = Models.batching(model);
                BatchingPipeline guessing = BatchingPipeline.open(
                        model, "CPU", SchedulerSettings.defaults(), new Speculation.PromptLookup(), Models.EXACT)) {
            String prompt = Models.prompt(
                    vision.tokenizer(), "<ov_genai_image_0><ov_genai_image_1>left or right, left or right?");
            long plainly = vision.add(prompt, pictures, Models.greedy(80));
            List<Long> expected = new Loop(vision).finish().answer(plainly).tokens();

            long request = guessing.add(prompt, pictures, Models.greedy(80));
            Loop loop = new Loop(guessing);
            int steps = 0;
            for (; guessing.hasUnfinished(); steps++) {
                loop.step();
            }
            guessing.finishIdle();

            assertThat(loop.answer(request).tokens()).isEqualTo(expected);
            assertThat(steps).isLessThan(80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverGivesMoreTokensThanAskedFor(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        List<Long> all = run(plain, REPEATING, Models.greedy(20)).answer.tokens();
        for (int tokens = 1; tokens <= 20; tokens++) {
            Loop.Answer answer = run(pipeline, REPEATING, Models.greedy(tokens)).answer;
            assertThat(answer.tokens()).isEqualTo(all.subList(0, tokens));
            assertThat(answer.logProbs()).hasSize(tokens);
            assertThat(answer.finish()).contains(Finish.LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsThePromptsTokens(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        assertThat(run(pipeline, REPEATING, Models.greedy(3)).answer.promptTokens())
                .isEqualTo(plain.tokenizer().encode(REPEATING, false).length);
    }

    @ParameterizedTest
    @EnumSource
    void endsAtAStopTokenAmongTheGuesses(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        List<Long> all = run(plain, REPEATING, Models.greedy(30)).answer.tokens();
        for (int at : new int[] {0, 3, 4, 8, 9, 10}) {
            Map<String, Object> options = Map.of("max_new_tokens", 30, "stop_token_ids", List.of(all.get(at)));
            Loop.Answer expected = run(plain, REPEATING, options).answer;

            Loop.Answer answer = run(pipeline, REPEATING, options).answer;

            assertThat(expected.finish()).contains(Finish.STOP);
            assertThat(answer.tokens()).isEqualTo(expected.tokens());
            assertThat(answer.finish()).contains(Finish.STOP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalRequestsDoNotDisturbEachOther(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        List<String> prompts = List.of(REPEATING, "What colour is the circle?", "left, right, ".repeat(40), "x");
        List<List<Long>> expected = prompts.stream()
                .map(prompt -> run(plain, prompt, Models.greedy(25)).answer.tokens())
                .toList();

        Loop loop = new Loop(pipeline);
        List<Long> requests = prompts.stream()
                .map(prompt -> {
                    long request = pipeline.add(prompt, NONE, Models.greedy(25));
                    loop.step();
                    return request;
                })
                .toList();
        loop.finish();

        assertThat(requests.stream().map(request -> loop.answer(request).tokens()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void cancelsInTheMiddleWhileOthersGoOn(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        List<Long> expected = run(plain, REPEATING, Models.greedy(60)).answer.tokens();
        long cancelled = pipeline.add(REPEATING, NONE, Models.greedy(5000));
        long early = pipeline.add(REPEATING, NONE, Models.greedy(5000));
        pipeline.cancel(early);
        long other = pipeline.add(REPEATING, NONE, Models.greedy(60));
        Loop loop = new Loop(pipeline).step().step().step();

        pipeline.cancel(cancelled);
        loop.step().finish();

        assertThat(loop.answer(cancelled).finish()).contains(Finish.CANCELLED);
        assertThat(loop.answer(early).finish()).contains(Finish.CANCELLED);
        assertThat(loop.answer(other).tokens()).isEqualTo(expected);
        assertThat(pipeline.metrics().requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void penaltiesCountAcceptedTokensOnly(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        Map<String, Object> options = with(
                Models.greedy(40),
                Map.of("repetition_penalty", 1.3, "frequency_penalty", 0.5, "presence_penalty", 0.2));

        assertThat(run(pipeline, REPEATING, options).answer.tokens())
                .isEqualTo(run(plain, REPEATING, options).answer.tokens());
    }

    @ParameterizedTest
    @EnumSource
    void samples(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        Map<String, Object> options =
                with(Models.greedy(40), Map.of("do_sample", true, "temperature", 1.5, "rng_seed", 4));

        assertThat(run(pipeline, REPEATING, options).answer.tokens()).hasSize(40);
    }

    @ParameterizedTest
    @EnumSource
    void guessesAsManyTokensAsOneAsks(Guesses guesses) {
        BatchingPipeline pipeline = pipeline(guesses);
        List<Long> expected = run(plain, REPEATING, Models.greedy(300)).answer.tokens();
        for (int number : new int[] {1, 2, 31, 64}) {
            Run run = run(pipeline, REPEATING, with(Models.greedy(300), Map.of("num_assistant_tokens", number)));
            assertThat(run.answer.tokens()).isEqualTo(expected);
        }
    }

    @Test
    void guessesWhileTheDraftModelIsSureEnough() {
        Map<String, Object> sure = with(Models.greedy(40), Map.of("assistant_confidence_threshold", 0.3));

        Run run = run(twin, REPEATING, sure);

        assertThat(run.answer.tokens())
                .isEqualTo(run(plain, REPEATING, Models.greedy(40)).answer.tokens());
        assertThat(run.steps).isLessThan(41);
    }

    @Test
    void refusesOptionsOfAnotherSpeculationByName() {
        assertRefused(
                plain, Map.of("num_assistant_tokens", 5), "num_assistant_tokens: the pipeline does not speculate");
        assertRefused(
                plain,
                Map.of("assistant_confidence_threshold", 0.5),
                "assistant_confidence_threshold: the pipeline has no draft model");
        assertRefused(plain, Map.of("max_ngram_size", 3), "max_ngram_size: the pipeline does not look up the prompt");
        assertRefused(twin, Map.of("max_ngram_size", 3), "max_ngram_size: the pipeline does not look up the prompt");
        assertRefused(
                lookup,
                Map.of("assistant_confidence_threshold", 0.5),
                "assistant_confidence_threshold: the pipeline has no draft model");
        assertRefused(
                twin,
                Map.of("num_assistant_tokens", 5, "assistant_confidence_threshold", 0.5),
                "num_assistant_tokens: only one of it and assistant_confidence_threshold");
    }

    @Test
    void startsFromTheModelsOwnConfiguration(@TempDir Path folder) throws IOException {
        Path model = copy(Models.text(), folder.resolve("configured"));
        String free = "\"do_sample\": false, \"max_new_tokens\": 17, \"repetition_penalty\": 1.4,"
                + " \"num_assistant_tokens\": 3, \"assistant_confidence_threshold\": 0.5";
        Files.writeString(model.resolve("generation_config.json"), "{" + free + ", \"eos_token_id\": [2, 0]}");
        Map<String, Object> nothing = Map.of("ignore_eos", true);
        List<Long> expected;
        try (BatchingPipeline pipeline = Models.batching(model)) {
            expected = run(pipeline, REPEATING, nothing).answer.tokens();
        }
        assertThat(expected)
                .hasSize(17)
                .isNotEqualTo(run(plain, REPEATING, Models.greedy(17)).answer.tokens());

        for (Speculation speculation : List.of(draft(Models.text()), new Speculation.PromptLookup())) {
            try (BatchingPipeline pipeline =
                    BatchingPipeline.open(model, "CPU", SchedulerSettings.defaults(), speculation, Models.EXACT)) {
                assertThat(run(pipeline, REPEATING, nothing).answer.tokens()).isEqualTo(expected);
            }
        }
    }

    @Test
    void knowsBeginningsSeenBefore() {
        SchedulerSettings caching = new SchedulerSettings(0, 256, 16, true, true);
        for (Speculation speculation :
                List.of(new Speculation.DraftModel(Models.text(), "CPU", caching), new Speculation.PromptLookup())) {
            try (BatchingPipeline pipeline =
                    BatchingPipeline.open(Models.text(), "CPU", caching, speculation, Models.EXACT)) {
                for (String prompt : List.of(REPEATING, REPEATING, REPEATING + "and a star", REPEATING)) {
                    assertThat(run(pipeline, prompt, Models.greedy(30)).answer.tokens())
                            .isEqualTo(
                                    run(plain, prompt, Models.greedy(30)).answer.tokens());
                }
            }
        }
    }

    @Test
    void aPromptLargerThanTheCacheIsIgnoredAndDoesNotHang() {
        SchedulerSettings settings = new SchedulerSettings(0, 64, 8, true, false);
        for (Speculation speculation : List.of(draft(Models.text()), new Speculation.PromptLookup())) {
            try (BatchingPipeline pipeline =
                    BatchingPipeline.open(Models.text(), "CPU", settings, 8, speculation, Models.EXACT)) {
                long small = pipeline.add(REPEATING, NONE, Models.greedy(20));
                long large = pipeline.add(REPEATING.repeat(20), NONE, Models.greedy(4));
                Loop loop = new Loop(pipeline);
                for (int steps = 0; pipeline.hasUnfinished(); steps++) {
                    assertThat(steps).isLessThan(1000);
                    loop.step();
                }
                assertThat(loop.answer(large).finish()).contains(Finish.IGNORED);
                assertThat(loop.answer(small).finish()).get().isIn(Finish.LENGTH, Finish.IGNORED);
                assertThat(run(pipeline, "x", Models.greedy(20)).answer.finish())
                        .contains(Finish.LENGTH);
            }
        }
    }

    @Test
    void closesTwentyTimesWhileRequestsRun() {
        for (int round = 0; round < 20; round++) {
            BatchingPipeline pipeline = open(round % 2 == 0 ? draft(Models.text()) : new Speculation.PromptLookup());
            IntStream.range(0, 4).forEach(i -> pipeline.add(REPEATING, NONE, Models.greedy(5000)));
            new Loop(pipeline).step().step();
            assertThat(pipeline.metrics().requests()).isEqualTo(4);
            pipeline.close();
            pipeline.close();
        }
    }

    @Test
    void aDraftModelForPicturesIsRefusedWithTheEnginesText() {
        assertThatThrownBy(() -> BatchingPipeline.open(
                        Models.vision(), "CPU", SchedulerSettings.defaults(), draft(Models.text()), Models.EXACT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("not supported for models with embeddings");
    }

    @Test
    void aDraftFolderWithoutAModelIsRefusedWithItsName() {
        assertThatThrownBy(() -> open(draft(Path.of("/nowhere/日本"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("/nowhere/日本");
    }

    private static void assertRefused(BatchingPipeline pipeline, Map<String, Object> options, String message) {
        assertThatThrownBy(() -> pipeline.add("x", NONE, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static BatchingPipeline open(Speculation speculation) {
        return BatchingPipeline.open(Models.text(), "CPU", SchedulerSettings.defaults(), speculation, Models.EXACT);
    }

    private static Speculation draft(Path folder) {
        return new Speculation.DraftModel(folder, "CPU", SchedulerSettings.defaults());
    }

    private static Run run(BatchingPipeline pipeline, String prompt, Map<String, Object> options) {
        long request = pipeline.add(prompt, NONE, options);
        Loop loop = new Loop(pipeline);
        int steps = 0;
        for (; pipeline.hasUnfinished(); steps++) {
            loop.step();
        }
        return new Run(loop.answer(request), steps);
    }

    private record Run(Loop.Answer answer, int steps) {}

    private static Map<String, Object> with(Map<String, Object> options, Map<String, Object> more) {
        Map<String, Object> both = new HashMap<>(options);
        both.putAll(more);
        return both;
    }

    /** The text model with some of its weights gone. */
    private static Path damaged(Path to) throws IOException {
        copy(Models.text(), to);
        try (RandomAccessFile weights =
                new RandomAccessFile(to.resolve("openvino_model.bin").toFile(), "rw")) {
            weights.seek(weights.length() / 2);
            weights.write(new byte[4096]);
        }
        return to;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }
}
