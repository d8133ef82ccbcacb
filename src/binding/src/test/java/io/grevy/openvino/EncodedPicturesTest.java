package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are encoded beside a pipeline, against those that it encodes itself. */
@Timeout(240)
class EncodedPicturesTest {
    private static final int TOKENS = 16;
    private static final int[] WIDE = {160, 120, 1};
    private static final int[] LARGE = {448, 300, 2};
    private static final int[] HIGH = {90, 200, 5};

    private static final List<Models.Question> QUESTIONS = List.of(
            Models.Question.of("<ov_genai_image_0>Describe the image.", WIDE),
            Models.Question.of("<ov_genai_image_0>Describe the image.", LARGE),
            Models.Question.of("<ov_genai_image_0>And what is on the left of it?", WIDE),
            Models.Question.of(
                    "<ov_genai_image_2>How many<ov_genai_image_0>squares?<ov_genai_image_1>", HIGH, WIDE, LARGE),
            Models.Question.of("<ov_genai_image_1>Twice<ov_genai_image_0>the same?", WIDE, WIDE),
            Models.Question.of("Without a tag.", HIGH, WIDE),
            Models.Question.of("What colour is the circle?"));

    private static final Map<Path, List<Loop.Answer>> EXPECTED = new HashMap<>();

    static Stream<Topology> tried() {
        return Topology.all()
                .filter(Topology::seesPictures)
                .filter(topology -> !List.of("phi3_v", "minicpmv").contains(topology.name()));
    }

    @ParameterizedTest
    @MethodSource("tried")
    void answersAreThoseOfTheEngine(Topology topology) {
        List<Loop.Answer> expected = expected(topology.model());
        try (Beside beside = Beside.of(Models.batching(topology.model()))) {
            assertThat(new HashSet<>(tokens(expected)))
                    .as("answers by question, of which a trained model may give the same to two")
                    .hasSizeGreaterThanOrEqualTo(QUESTIONS.size() - 2);

            List<Long> alone = new ArrayList<>();
            for (Models.Question question : QUESTIONS) {
                alone.add(beside.add(question));
                beside.loop.finish();
            }
            assertThat(beside.answers(alone)).isEqualTo(tokens(expected));
            List<Long> again = QUESTIONS.stream().map(beside::add).toList();
            beside.loop.finish();
            assertThat(beside.answers(again)).as("again, all at once").isEqualTo(tokens(expected));
            for (int i = 0; i < again.size(); i++) {
                assertThat(beside.loop.answer(again.get(i)).promptTokens())
                        .as("tokens of prompt %d", i)
                        .isEqualTo(expected.get(i).promptTokens());
            }
            assertThat(beside.pictures).as("each was encoded once").hasSize(3);

            for (int i : List.of(3, 6)) {
                assertThat(plainly(beside.pipeline, QUESTIONS.get(i)).tokens())
                        .as("question %d, encoded by the engine as before", i)
                        .isEqualTo(expected.get(i).tokens());
            }
        }
    }

    /** Videos go the engine's own way, with the same embedder. */
    @ParameterizedTest
    @ValueSource(strings = {"qwen2_vl", "qwen2_5_vl", "qwen3_vl"})
    void videosAreWhatTheyWere(String type) {
        Models.Question video = Models.Question.of(
                "<ov_genai_video_0>Compare<ov_genai_image_0>them.", new int[] {112, 84, 4, 3, 2}, WIDE);
        try (BatchingPipeline pipeline = Models.batching(Models.fixture(type))) {
            List<Long> before = plainly(pipeline, video).tokens();
            Beside beside = Beside.of(pipeline);
            beside.add(QUESTIONS.get(0));
            beside.loop.finish();

            assertThat(plainly(pipeline, video).tokens()).isEqualTo(before);
            beside.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava", "gemma3", "qwen2_vl", "qwen3_vl"})
    void threadsEncodeWhileRequestsAreAddedAndRun(String type) throws Exception {
        SchedulerSettings prefixes = new SchedulerSettings(0, 256, 256, true, true);
        Path model = Models.fixture(type);
        List<List<Long>> expected = tokens(expected(model));
        ExecutorService threads = Executors.newFixedThreadPool(3); // which outlive the pipeline
        try (Beside beside = Beside.of(BatchingPipeline.open(model, "CPU", prefixes, Models.EXACT))) {
            record Ready(int question, List<EncodedPicture> pictures) {}
            ConcurrentLinkedQueue<Ready> ready = new ConcurrentLinkedQueue<>();
            List<Future<?>> encoding = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int question = i % 4;
                encoding.add(threads.submit(() -> ready.add(new Ready(
                        question,
                        QUESTIONS.get(question).rgb().stream()
                                .map(beside.encoder::encode)
                                .toList()))));
            }
            Map<Long, Integer> asked = new HashMap<>();
            while (!encoding.stream().allMatch(Future::isDone) || !ready.isEmpty()) {
                for (Ready next; (next = ready.poll()) != null; ) {
                    asked.put(beside.add(QUESTIONS.get(next.question).text(), next.pictures), next.question);
                    next.pictures.forEach(EncodedPicture::close);
                }
                long texts = beside.add(QUESTIONS.get(6));
                beside.loop.step();
                beside.pipeline.cancel(texts);
            }
            for (Future<?> done : encoding) {
                done.get();
            }
            assertThat(asked).hasSize(24);
            beside.loop.finish();
            asked.forEach((request, question) -> assertThat(
                            beside.loop.answer(request).tokens())
                    .as("question %d", question)
                    .isEqualTo(expected.get(question)));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void onlyWhatIsNeededOfAPictureIsKept() {
        try (Beside beside = Beside.of(Models.batching(Models.vision()));
                EncodedPicture picture = beside.encoder.encode(Models.picture(112, 112, 1))) {
            assertThat(picture.bytes()).isEqualTo(16 * 128 * Float.BYTES); // tokens, and the model's width
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2_vl", "llava", "qwen3_vl"})
    void theMemoryOfAClosedPictureIsGivenBack(String type) {
        try (Beside beside = Beside.of(Models.batching(Models.fixture(type)))) {
            Rgb rgb = Models.picture(448, 448, 1);
            try (EncodedPicture first = beside.encoder.encode(rgb)) {
                long before = OpenVino.nativeInUse();
                for (int i = 0; i < 40; i++) {
                    beside.encoder.encode(rgb).close();
                }
                assertThat(OpenVino.nativeInUse() - before).isLessThan(20 * first.bytes());
            }
        }
    }

    @Test
    void aPictureLivesAsLongAsWhatSharesIt() {
        try (Beside beside = Beside.of(Models.batching(Models.vision()))) {
            EncodedPicture first = beside.encoder.encode(Models.picture(112, 112, 1));
            EncodedPicture second = first.share();
            first.close();
            first.close();

            assertThatThrownBy(first::share).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> beside.add("<ov_genai_image_0>", List.of(first)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the encoded picture is closed");
            long request = beside.add("<ov_genai_image_0>What?", List.of(second));
            second.close();
            beside.loop.finish();
            assertThat(beside.loop.answer(request).tokens()).hasSize(TOKENS);
        }
    }

    @Test
    void aPictureMayOutliveItsPipeline() {
        EncodedPicture picture;
        PictureEncoder encoder;
        try (Beside beside = Beside.of(Models.batching(Models.vision()))) {
            encoder = beside.encoder;
            picture = encoder.encode(Models.picture(112, 112, 1));
        }
        assertThat(picture.bytes()).isPositive();
        assertThatThrownBy(() -> encoder.encode(Models.picture(112, 112, 1))).isInstanceOf(IllegalStateException.class);
        picture.close();
    }

    @Test
    void whatTheEngineRefusesIsRefusedAndOthersGoOn() {
        try (Beside beside = Beside.of(Models.batching(Models.vision()));
                EncodedPicture picture = beside.encoder.encode(Models.picture(112, 112, 1))) {
            assertThatThrownBy(() -> beside.add("<ov_genai_image_1>What?", List.of(picture)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Missing image/video with index 1");
            assertThatThrownBy(() -> beside.add("", List.of(picture))).hasMessage("an empty prompt");
            assertThatThrownBy(() -> beside.encoder.add("What?", List.of(picture), Map.of("max_new_tokenz", 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("max_new_tokenz");
            long request = beside.add("<ov_genai_image_0>What?", List.of(picture));
            beside.loop.finish();
            assertThat(beside.loop.answer(request).tokens()).hasSize(TOKENS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phi3_v", "minicpmv"})
    void aTypeThatWasNotTriedIsLeftToTheEngine(String type) {
        try (BatchingPipeline pipeline = Models.batching(Models.fixture(type))) {
            assertThat(pipeline.encodePicturesBeside())
                    .isEqualTo(new PictureEncoding.Within("the model's type is none of those that were tried:"
                            + " llava, llava_next, internvl_chat, gemma3, qwen2_vl, qwen2_5_vl, qwen3_vl"));
            assertThat(plainly(pipeline, QUESTIONS.get(0)).tokens()).hasSize(TOKENS);
        }
    }

    @Test
    void aPipelineThatGuessesIsLeftToTheEngine() {
        try (BatchingPipeline pipeline = BatchingPipeline.open(
                Models.vision(), "CPU", SchedulerSettings.defaults(), new Speculation.PromptLookup(), Models.EXACT)) {
            assertThat(pipeline.encodePicturesBeside())
                    .isEqualTo(new PictureEncoding.Within("the pipeline isn't the library's plain one"));
        }
    }

    @Test
    void aTextModelHasNone() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            assertThat(pipeline.encodePicturesBeside())
                    .isEqualTo(new PictureEncoding.Within("a text model takes no pictures"));
        }
    }

    /** As where the library's inside has changed: the trial sees it, and all is as if it had never been. */
    @ParameterizedTest
    @ValueSource(strings = {"llava", "qwen2_vl", "qwen3_vl"})
    void whereTheAnswerIsAnotherPicturesAreLeftToTheEngine(String type) {
        List<List<Long>> expected = tokens(expected(Models.fixture(type)));
        try (BatchingPipeline refused = Models.batching(Models.fixture(type))) {
            assertThat(refused.encodePicturesBeside(EncodingTrial.sample(), Models.picture(56, 56, 3)))
                    .isInstanceOfSatisfying(
                            PictureEncoding.Within.class,
                            within -> assertThat(within.reason()).startsWith("an answer has the "));
            for (int i = 0; i < QUESTIONS.size(); i++) {
                assertThat(plainly(refused, QUESTIONS.get(i)).tokens()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void anotherNumberOfTokensIsSeenToo() {
        try (BatchingPipeline pipeline = Models.batching(Models.vision())) {
            assertThat(pipeline.encodePicturesBeside(EncodingTrial.sample(), Models.picture(112, 112, 3)))
                    .isInstanceOfSatisfying(
                            PictureEncoding.Within.class,
                            within -> assertThat(within.reason()).matches("a prompt has \\d+ tokens, not \\d+"));
        }
    }

    /** What the engine answers to all the questions, one after the other. */
    private static List<Loop.Answer> expected(Path model) {
        return EXPECTED.computeIfAbsent(model, folder -> {
            try (BatchingPipeline plain = Models.batching(folder)) {
                return QUESTIONS.stream()
                        .map(question -> plainly(plain, question))
                        .toList();
            }
        });
    }

    private static Loop.Answer plainly(BatchingPipeline pipeline, Models.Question question) {
        long request = pipeline.add(
                Models.prompt(pipeline.tokenizer(), question.text()),
                question.rgb(),
                question.videos(),
                Models.greedy(TOKENS));
        return new Loop(pipeline).finish().answer(request);
    }

    private static List<List<Long>> tokens(List<Loop.Answer> answers) {
        return answers.stream().map(Loop.Answer::tokens).toList();
    }

    /** A pipeline whose pictures are encoded beside it, each once. */
    private record Beside(
            BatchingPipeline pipeline, PictureEncoder encoder, Loop loop, Map<String, EncodedPicture> pictures)
            implements AutoCloseable {

        static Beside of(BatchingPipeline pipeline) {
            PictureEncoding encoding = pipeline.encodePicturesBeside();
            assertThat(encoding).isInstanceOf(PictureEncoding.Beside.class);
            return new Beside(
                    pipeline, ((PictureEncoding.Beside) encoding).encoder(), new Loop(pipeline), new HashMap<>());
        }

        long add(Models.Question question) {
            List<EncodedPicture> encoded = new ArrayList<>();
            for (int[] picture : question.pictures()) {
                encoded.add(pictures.computeIfAbsent(
                        Arrays.toString(picture),
                        key -> encoder.encode(Models.picture(picture[0], picture[1], picture[2]))));
            }
            return add(question.text(), encoded);
        }

        long add(String text, List<EncodedPicture> encoded) {
            String prompt = text.isEmpty() ? "" : Models.prompt(pipeline.tokenizer(), text);
            return encoder.add(prompt, encoded, Models.greedy(TOKENS));
        }

        List<List<Long>> answers(List<Long> requests) {
            return requests.stream()
                    .map(request -> loop.answer(request).tokens())
                    .toList();
        }

        @Override
        public void close() {
            pictures.values().forEach(EncodedPicture::close);
            pipeline.close();
        }
    }
}
