package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.image.Picture;
import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Recorder;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.Role;
import io.grevy.inference.Stopping;
import io.grevy.inference.Usage;
import io.grevy.repository.CacheEviction;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.GraphDescription;
import io.grevy.repository.GraphFile;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.PipelineType;
import io.grevy.repository.Scheduling;
import io.grevy.repository.ServingOptions;
import io.grevy.repository.SparseAttention;
import io.grevy.repository.Speculation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine with the real pipelines, on models of random weights. */
@Timeout(120)
class LoopEngineTest {

    private static final String REPEATING = "red ring, blue ring, ".repeat(8);

    private final StepCounter recorder = new StepCounter();

    @ParameterizedTest
    @CsvSource({"qwen2, LM_CB", "qwen2, LM", "qwen2_vl, VLM_CB", "qwen2_vl, VLM", "llava, VLM_CB"})
    void anAnswerHasAsManyTokensAsAskedFor(String model, PipelineType type) throws Exception {
        try (OpenModel open = open(model, type)) {
            Answer answer = read(open.engine().start(request("What do you see?", 12, 1)));

            assertThat(answer.reason).isEqualTo(FinishReason.LENGTH);
            assertThat(answer.usage.completionTokens()).isEqualTo(12);
            assertThat(answer.usage.promptTokens()).isGreaterThan(5);
            assertThat(answer.text).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PipelineType.class,
            names = {"VLM", "VLM_CB"})
    void aPictureChangesTheAnswerAndCostsTokens(PipelineType type) throws Exception {
        try (OpenModel open = open("qwen2_vl", type)) {
            Answer blind = read(open.engine().start(request("What do you see?", 12, 1)));
            Answer seeing = read(open.engine().start(request("What do you see?", 12, 1, picture(112, 90))));

            assertThat(seeing.text).isNotEqualTo(blind.text);
            assertThat(seeing.usage.promptTokens()).isGreaterThan(blind.usage.promptTokens() + 5);
        }
    }

    @Test
    void sixteenAtOnceSayWhatEachSaysAlone() throws Exception {
        try (OpenModel open = open("qwen2_vl", PipelineType.VLM_CB)) {
            List<InferenceRequest> requests = new ArrayList<>();
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                InferenceRequest request = request("Question " + i, 20, 1, picture(64 + 4 * i, 80));
                requests.add(request);
                alone.add(read(open.engine().start(request)).text);
            }

            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<Answer>> answers = new ArrayList<>();
                for (InferenceRequest request : requests) {
                    answers.add(threads.submit(() -> read(open.engine().start(request))));
                }
                for (int i = 0; i < 16; i++) {
                    assertThat(answers.get(i).get().text).as("request %d", i).isEqualTo(alone.get(i));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PipelineType.class)
    void aClosedGenerationMakesRoomForTheNext(PipelineType type) throws Exception {
        try (OpenModel open = open(type.vision() ? "qwen2_vl" : "qwen2", type)) {
            Generation endless = open.engine().start(request("Go on", 5000, 1));
            assertThat(endless.next(Duration.ofSeconds(60))).isPresent();

            endless.close();
            Answer next = read(open.engine().start(request("Next", 3, 1)));

            assertThat(next.usage.completionTokens()).isEqualTo(3);
        }
    }

    @Test
    void aCancelledRequestLeavesTheBatchWithinOneStep() throws Exception {
        try (OpenModel open = open("qwen2", PipelineType.LM_CB)) {
            Generation endless = open.engine().start(request("Go on", 5000, 1));
            assertThat(endless.next(Duration.ofSeconds(60))).isPresent();

            int stepsBefore = recorder.steps.get();
            endless.close();
            recorder.awaitIdle();

            // The step under way while it was cancelled, and the one that drops it.
            assertThat(recorder.steps.get() - stepsBefore).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(PipelineType.class)
    void closingTheEngineFailsWhatRunsAndRefusesMore(PipelineType type) throws Exception {
        OpenModel open = open(type.vision() ? "qwen2_vl" : "qwen2", type);
        Generation endless = open.engine().start(request("Go on", 5000, 1));
        assertThat(endless.next(Duration.ofSeconds(60))).isPresent();

        open.close();

        GenerationEvent last = lastOf(endless);
        assertThat(last)
                .isInstanceOfSatisfying(
                        GenerationEvent.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("The model is being unloaded."));
        assertThatThrownBy(() -> open.engine().start(request("More", 3, 1)))
                .isInstanceOf(EngineUnavailableException.class);
    }

    @Test
    void severalChoicesCountTheirPromptOnce() throws Exception {
        try (OpenModel open = open("qwen2", PipelineType.LM_CB)) {
            Answer one = read(open.engine().start(request("Hello", 4, 1)));
            Answer three = read(open.engine().start(request("Hello", 4, 3)));

            assertThat(three.usage).isEqualTo(new Usage(one.usage.promptTokens(), 12));
        }
    }

    @Test
    void picturesForATextModelAreRefused() throws Exception {
        try (OpenModel open = open("qwen2", PipelineType.LM_CB)) {
            assertThatThrownBy(() -> open.engine().start(request("Look", 4, 1, picture(32, 32))))
                    .isInstanceOfSatisfying(
                            RefusedRequestException.class,
                            e -> assertThat(e.reason())
                                    .isEqualTo(RefusedRequestException.Reason.PICTURES_NOT_SUPPORTED));
        }
    }

    @Test
    void isWellWhileIdleAndWhileItWorks() throws Exception {
        try (OpenModel open = open("qwen2", PipelineType.LM_CB)) {
            assertThat(open.engine().condition()).isEqualTo(EngineCondition.WELL);
            try (Generation running = open.engine().start(request("Go on", 500, 1))) {
                assertThat(running.next(Duration.ofSeconds(60))).isPresent();
                assertThat(open.engine().condition()).isEqualTo(EngineCondition.WELL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "lookup"})
    void aModelThatSpeculatesAnswersTheSameInFewerSteps(String kind) throws Exception {
        try (OpenModel plain = open("qwen2", PipelineType.LM_CB);
                OpenModel guessing = openGuessing(kind)) {
            int saved = 0;
            for (InferenceRequest request : List.of(
                    request(REPEATING, 120, 1), request(REPEATING, 1, 1), request(REPEATING.repeat(8), 40, 1))) {
                Answer expected = read(plain.engine().start(request));
                recorder.awaitIdle();
                int steps = recorder.steps.getAndSet(0);

                Answer answer = read(guessing.engine().start(request));
                recorder.awaitIdle();
                int fewer = recorder.steps.getAndSet(0);

                assertThat(answer).isEqualTo(expected);
                assertThat(fewer).isLessThanOrEqualTo(steps);
                saved += steps - fewer;
            }
            assertThat(saved).isGreaterThan(30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "lookup"})
    void manyAtOnceAreGuessedRightToo(String kind) throws Exception {
        try (OpenModel plain = open("qwen2", PipelineType.LM_CB);
                OpenModel guessing = openGuessing(kind)) {
            // Long prompts, which are cut into pieces, and many guesses: more than one step takes.
            List<InferenceRequest> requests = new ArrayList<>();
            List<Answer> alone = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String text = i + " " + REPEATING.repeat(i % 3 * 6 + 1);
                requests.add(assisted(request(text, 40, i % 4 == 0 ? 2 : 1), OptionalInt.of(30)));
                alone.add(read(plain.engine().start(request(text, 40, i % 4 == 0 ? 2 : 1))));
            }

            List<Generation> running = new ArrayList<>();
            for (InferenceRequest request : requests) {
                running.add(guessing.engine().start(request));
            }

            for (int i = 0; i < running.size(); i++) {
                assertThat(read(running.get(i))).as("request %d", i).isEqualTo(alone.get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "lookup"})
    void aStopStringAmongTheGuessesEndsTheAnswerAndTheCount(String kind) throws Exception {
        try (OpenModel plain = open("qwen2", PipelineType.LM_CB);
                OpenModel guessing = openGuessing(kind)) {
            String all = read(plain.engine().start(request(REPEATING, 60, 1))).text;
            for (int at : new int[] {0, 7, all.length() / 2}) {
                InferenceRequest request = stopping(request(REPEATING, 60, 1), all.substring(at, at + 3));
                Answer expected = read(plain.engine().start(request));

                Answer answer = read(guessing.engine().start(request));

                assertThat(answer).isEqualTo(expected);
                assertThat(answer.reason).isEqualTo(FinishReason.STOP);
                assertThat(answer.usage.completionTokens()).isLessThan(60);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "lookup"})
    void whatWaitsForRoomCanBeCancelledAndFailsWithTheModel(String kind) throws Exception {
        OpenModel open = openGuessing(kind);
        Generation endless = open.engine().start(assisted(request("Go on", 1500, 1), OptionalInt.of(64)));
        List<Generation> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(open.engine().start(assisted(request("And on", 1500, 1), OptionalInt.of(64))));
        }
        assertThat(endless.next(Duration.ofSeconds(60))).isPresent();
        Generation last = waiting.remove(7);
        last.close();
        assertThat(lastOf(last)).isInstanceOf(GenerationEvent.Failed.class);

        open.close();

        waiting.add(endless);
        for (Generation generation : waiting) {
            assertThat(lastOf(generation))
                    .isInstanceOfSatisfying(
                            GenerationEvent.Failed.class,
                            failed -> assertThat(failed.message()).isEqualTo("The model is being unloaded."));
        }
    }

    @Test
    void guessingIsRefusedByAModelThatDoesNot() throws Exception {
        try (OpenModel open = open("qwen2", PipelineType.LM_CB)) {
            assertThatThrownBy(() -> open.engine().start(assisted(request("Hello", 4, 1), OptionalInt.of(5))))
                    .isInstanceOf(RefusedRequestException.class)
                    .hasMessage("num_assistant_tokens is for models with a draft model or prompt lookup;"
                            + " this model has none.");
        }
    }

    @Test
    void aPromptThatIsNotSplitMayBeAsLongAsTheModelTakes() throws Exception {
        Map<String, String> whole = Map.of("dynamic_split_fuse", "false", "max_num_batched_tokens", "64");
        try (OpenModel plain = open("qwen2", PipelineType.LM_CB);
                OpenModel unsplit = open(ModelRepository.single(
                        "whole", fixture("qwen2"), ServingOptions.read(key -> Optional.ofNullable(whole.get(key)))))) {
            InferenceRequest lengthy = request(REPEATING.repeat(30), 8, 1);

            Answer answer = read(unsplit.engine().start(lengthy));

            assertThat(answer.usage.promptTokens()).isGreaterThan(1000);
            assertThat(answer).isEqualTo(read(plain.engine().start(lengthy)));
        }
    }

    @Test
    void settingsOfAGraphReachTheEngine(@TempDir Path folder) throws Exception {
        GraphFile.write(
                folder.resolve("graph.pbtxt"),
                new GraphDescription(
                        fixture("qwen2"),
                        Optional.of(PipelineType.LM_CB),
                        new ExecutionSettings(
                                "CPU",
                                new Scheduling(
                                        1,
                                        8,
                                        256,
                                        true,
                                        false,
                                        OptionalInt.of(2),
                                        Optional.of(new CacheEviction(
                                                32,
                                                32,
                                                96,
                                                CacheEviction.Aggregation.SUM,
                                                0,
                                                Optional.of(new CacheEviction.KvCrush(
                                                        1, CacheEviction.KvCrush.Anchor.MEAN, 3)))),
                                        Optional.of(SparseAttention.of(SparseAttention.Mode.TRISHAPE))),
                                Map.of("DEVICE_PROPERTIES", Map.of("CPU", Map.of("NUM_STREAMS", 1L))),
                                new Speculation.None(),
                                OptionalInt.empty(),
                                20)));
        try (OpenModel evicting = open(ModelRepository.single("m", folder, ServingOptions.none()));
                OpenModel plain = open("qwen2", PipelineType.LM_CB)) {
            Answer shortly = read(evicting.engine().start(request("Hello", 20, 1)));
            assertThat(shortly).isEqualTo(read(plain.engine().start(request("Hello", 20, 1))));
            // Beyond what the cache keeps, an answer becomes another one.
            Answer lengthy = read(evicting.engine().start(request("Hello", 600, 1)));
            assertThat(lengthy.usage.completionTokens()).isEqualTo(600);
            assertThat(lengthy.text).isNotEqualTo(read(plain.engine().start(request("Hello", 600, 1))).text);
        }
    }

    private OpenModel openGuessing(String kind) throws Exception {
        Map<String, String> settings = kind.equals("draft")
                ? Map.of("draft_source_model", fixture("qwen2").toString())
                : Map.of("plugin_config", "{\"prompt_lookup\": true}");
        return open(ModelRepository.single(
                kind, fixture("qwen2"), ServingOptions.read(key -> Optional.ofNullable(settings.get(key)))));
    }

    private static Path fixture(String name) {
        return Path.of(System.getProperty("repository.root"), "models/fixtures", name);
    }

    private OpenModel open(String fixture, PipelineType type) throws Exception {
        return OpenModel.of(fixture, type, recorder);
    }

    private OpenModel open(ModelDefinition model) throws Exception {
        return OpenModel.of(model, recorder);
    }

    private static InferenceRequest request(String text, int maxTokens, int choices, Picture... pictures) {
        List<Part> parts = new ArrayList<>();
        for (Picture picture : pictures) {
            parts.add(new Part.Image(picture));
        }
        parts.add(new Part.Text(text));
        InferenceRequest usual = InferenceRequest.of("chatcmpl-test", List.of(new Message(Role.USER, parts)));
        return new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                usual.sampling(),
                usual.assistance(),
                new Stopping(OptionalInt.of(maxTokens), 0, List.of(), false, Set.of(), true),
                Choices.independent(choices),
                usual.structure(),
                usual.rendering());
    }

    private static InferenceRequest assisted(InferenceRequest request, OptionalInt tokens) {
        return new InferenceRequest(
                request.id(),
                request.messages(),
                request.tools(),
                request.prompting(),
                request.sampling(),
                new Assistance(tokens, OptionalDouble.empty(), OptionalInt.empty()),
                request.stopping(),
                request.choices(),
                request.structure(),
                request.rendering());
    }

    private static InferenceRequest stopping(InferenceRequest request, String stop) {
        return new InferenceRequest(
                request.id(),
                request.messages(),
                request.tools(),
                request.prompting(),
                request.sampling(),
                request.assistance(),
                new Stopping(request.stopping().maxTokens(), 0, List.of(stop), false, Set.of(), true),
                request.choices(),
                request.structure(),
                request.rendering());
    }

    private static Picture picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 + width);
        }
        return new Picture(width, height, rgb);
    }

    private static Answer read(Generation generation) throws InterruptedException {
        SortedMap<Integer, String> texts = new TreeMap<>();
        FinishReason reason = null;
        try (generation) {
            while (true) {
                GenerationEvent event = generation.next(Duration.ofSeconds(60)).orElseThrow();
                if (event instanceof GenerationEvent.Text piece) {
                    texts.merge(piece.choice(), piece.text(), String::concat);
                } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
                    reason = ended.reason();
                } else if (event instanceof GenerationEvent.Finished finished) {
                    return new Answer(String.join("|", texts.values()), reason, finished.usage());
                } else {
                    throw new AssertionError(event);
                }
            }
        }
    }

    private static GenerationEvent lastOf(Generation generation) throws InterruptedException {
        while (true) {
            GenerationEvent event = generation.next(Duration.ofSeconds(60)).orElseThrow();
            if (event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed) {
                return event;
            }
        }
    }

    private record Answer(
            String text, @org.jspecify.annotations.Nullable FinishReason reason, Usage usage) {}

    private static final class StepCounter implements Recorder {

        private final AtomicInteger steps = new AtomicInteger();
        private final Semaphore idle = new Semaphore(0);

        void awaitIdle() throws InterruptedException {
            assertThat(idle.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void watch(IntSupplier running, IntSupplier waiting) {}

        @Override
        public void stepped(int requests, double cacheUsage) {
            if (requests > 0) {
                steps.incrementAndGet();
            } else {
                idle.release();
            }
        }

        @Override
        public void picturesEncoded(Duration time) {}

        @Override
        public void firstToken(Duration sinceArrival) {}

        @Override
        public void laterToken(Duration sinceLast) {}

        @Override
        public void ended(Outcome outcome, Usage usage, Duration sinceArrival) {}
    }
}
