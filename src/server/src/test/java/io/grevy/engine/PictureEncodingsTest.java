package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.image.Picture;
import io.grevy.inference.Choices;
import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Recorder;
import io.grevy.inference.Role;
import io.grevy.inference.Stopping;
import io.grevy.inference.Usage;
import io.grevy.openvino.EncodedPicture;
import io.grevy.openvino.PictureEncoder;
import io.grevy.openvino.PictureEncoding;
import io.grevy.openvino.Rgb;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures encoded beside the loop, in the real engine; the gate holds up their encoding, and nothing else. */
@Timeout(240)
class PictureEncodingsTest {

    private static final Path MODELS = Path.of(System.getProperty("repository.root"), "models");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final PictureCounts counts = new PictureCounts();

    @Test
    void aTextIsAnsweredWhileAPictureIsBeingEncoded() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            Generation seeing = gated.start("What do you see?", picture(1));
            gated.awaitBegun();

            assertThat(Answers.of(gated.start("Hello")).usage().completionTokens())
                    .isEqualTo(8);
            assertThat(gated.encoded.get()).isZero();

            gated.open();
            assertThat(Answers.of(seeing).usage().completionTokens()).isEqualTo(8);
            assertThat(gated.encoded).hasValue(1);
        }
    }

    @Test
    void aPictureIsEncodedOnceForAllWhoAskForItAtOnce() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            List<Generation> all = new ArrayList<>();
            all.add(gated.start("First", picture(1)));
            gated.awaitBegun();
            all.add(gated.start("Second", picture(1)));
            all.add(gated.engine.start(request("Third, twice", 2, picture(1), picture(1))));

            gated.open();

            for (Generation generation : all) {
                assertThat(Answers.of(generation).usage().completionTokens()).isPositive();
            }
            assertThat(gated.encoded).hasValue(1);
            assertThat(counts.asked).hasValue(1 + 1 + 2 * 2);
            assertThat(counts.known).hasValue(0 + 1 + 2 * 2);
        }
    }

    @Test
    void aLaterTurnFindsItsPicture() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            gated.open();
            Answers.of(gated.start("What do you see?", picture(1)));
            long kept = counts.bytes;

            Answers.of(gated.start("And where?", picture(1)));
            assertThat(gated.encoded).hasValue(1);
            assertThat(counts.bytes).isEqualTo(kept).isPositive();
            Answers.of(gated.start("And this?", picture(2), picture(1)));
            assertThat(gated.encoded).hasValue(2);
            assertThat(counts.bytes).isEqualTo(2 * kept);
            assertThat(counts.asked).hasValue(4);
            assertThat(counts.known).hasValue(2);
        }
        assertThat(counts.bytes).isZero();
    }

    @Test
    void aPictureThatDoesNotFitIsAnsweredAboutAndNotKept() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts, 1000)) {
            gated.open();
            for (int turn = 1; turn <= 2; turn++) {
                assertThat(Answers.of(gated.start("What?", picture(1))).usage().completionTokens())
                        .isEqualTo(8);
                assertThat(gated.encoded).hasValue(turn);
            }
            assertThat(counts.bytes).isZero();
        }
    }

    @Test
    void whoIsCancelledWhileItsPictureIsEncodedLetsGo() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            Generation cancelled = gated.start("What do you see?", picture(1));
            gated.awaitBegun();
            Generation another = gated.start("And this?", picture(2));

            cancelled.close();
            another.close();
            assertThat(last(cancelled).cause()).isEqualTo(GenerationEvent.Cause.CANCELLED);
            assertThat(last(another).cause()).isEqualTo(GenerationEvent.Cause.CANCELLED);

            gated.open();
            Answers.of(gated.start("Where?", picture(1)));
            assertThat(gated.encoded)
                    .as("the first was encoded to its end, the second never")
                    .hasValue(1);
            Answers.of(gated.start("Where?", picture(2)));
            assertThat(gated.encoded).hasValue(2);
        }
    }

    @Test
    void whatTheEngineRefusesIsToldInItsWordsAndTriedAgain() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            gated.open();
            Picture narrow = new Picture(300, 1, new byte[900]);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(last(gated.start("What?", narrow)))
                        .isEqualTo(new GenerationEvent.Failed(
                                GenerationEvent.Cause.REFUSED, "Absolute aspect ratio must be smaller than 200"));
            }
            assertThat(gated.begun.availablePermits()).isEqualTo(2);

            assertThat(Answers.of(gated.start("What?", picture(1))).usage().completionTokens())
                    .isEqualTo(8);
        }
    }

    @Test
    void whoWaitsForAPictureFailsWithTheModel() throws Exception {
        Gated gated = Gated.of("qwen2_vl", counts);
        Generation waiting = gated.start("What do you see?", picture(1));
        gated.awaitBegun();

        gated.engine.close();

        assertThat(last(waiting))
                .isEqualTo(new GenerationEvent.Failed(GenerationEvent.Cause.ENGINE, "The model is being unloaded."));
        gated.open();
        assertThatThrownBy(() -> gated.start("More", picture(2))).isInstanceOf(EngineUnavailableException.class);
        gated.close();
    }

    @Test
    void isStuckWhileAPictureTakesLongerThanItMay() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts, 1 << 20, Duration.ofMillis(1))) {
            Generation seeing = gated.start("What do you see?", picture(1));
            gated.awaitBegun();
            while (gated.engine.condition() != EngineCondition.STUCK) {
                Thread.onSpinWait();
            }
            gated.open();
            Answers.of(seeing);
            while (gated.engine.condition() != EngineCondition.WELL) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void besideAVideoThePictureIsTheEnginesOwn() throws Exception {
        try (Gated gated = Gated.of("qwen2_vl", counts)) {
            Part.Video video = new Part.Video(List.of(picture(3), picture(4)), 2);
            Generation generation =
                    gated.engine.start(request(1, video, new Part.Image(picture(1)), new Part.Text("What?")));

            assertThat(Answers.of(generation).usage().completionTokens()).isEqualTo(8);
            assertThat(gated.begun.availablePermits()).isZero();
            assertThat(counts.asked).hasValue(0);
        }
    }

    /** Prefix caching is on, as it is by default. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fixtures/llava",
                "fixtures/llava_next",
                "fixtures/internvl_chat",
                "fixtures/gemma3",
                "fixtures/qwen2_vl",
                "fixtures/qwen2_5_vl",
                "fixtures/qwen3_vl",
                "grevy/demo"
            })
    void answersAreThoseWithoutACache(String folder) throws Exception {
        ModelDefinition model = exact(folder);
        assertThat(model.execution().scheduling().enablePrefixCaching()).isTrue();
        List<InferenceRequest> conversation = List.of(
                request("What do you see?", 1, picture(1)),
                request("Where is it, and of which colour?", 1, picture(1)),
                request("Which is larger?", 1, picture(2), picture(1)),
                request("Hello", 1),
                request("What do you see?", 2, picture(2)),
                request("What do you see?", 1, picture(1)));
        try (OpenModel plain = OpenModel.of(model, new Unrecorded(), settings(0));
                OpenModel keeping = OpenModel.of(model, counts, settings(1 << 20))) {
            assertThat(counts.beside).isTrue();
            for (InferenceRequest request : conversation) {
                Answers expected = Answers.of(plain.engine().start(request));
                Answers answers = Answers.of(keeping.engine().start(request));
                assertThat(answers.texts()).isEqualTo(expected.texts());
                assertThat(answers.usage()).isEqualTo(expected.usage());
            }
            assertThat(counts.encoded).as("pictures encoded").hasValue(2);
        }
    }

    @Test
    void aTypeThatWasNotTriedIsServedByTheEngineAlone() throws Exception {
        try (OpenModel open = OpenModel.of(exact("fixtures/minicpmv"), counts)) {
            assertThat(Answers.of(open.engine().start(request("What?", 1, picture(1))))
                            .usage()
                            .completionTokens())
                    .isEqualTo(8);
            assertThat(counts.beside).isFalse();
            assertThat(counts.asked).hasValue(0);
            assertThat(counts.encoded).hasValue(1);
        }
    }

    private static EngineSettings settings(long cacheBytes) {
        return new EngineSettings(Duration.ofMinutes(5), cacheBytes);
    }

    private static ModelDefinition exact(String folder) throws Exception {
        Map<String, String> options =
                Map.of("plugin_config", "{\"INFERENCE_PRECISION_HINT\": \"f32\", \"KV_CACHE_PRECISION\": \"f32\"}");
        return ModelRepository.single(
                "m", MODELS.resolve(folder), ServingOptions.read(key -> Optional.ofNullable(options.get(key))));
    }

    private static InferenceRequest request(String text, int choices, Picture... pictures) {
        List<Part> parts = new ArrayList<>();
        for (Picture picture : pictures) {
            parts.add(new Part.Image(picture));
        }
        parts.add(new Part.Text(text));
        return request(choices, parts.toArray(Part[]::new));
    }

    private static InferenceRequest request(int choices, Part... parts) {
        InferenceRequest usual = InferenceRequest.of("m", List.of(new Message(Role.USER, List.of(parts))));
        return new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                usual.sampling(),
                usual.assistance(),
                new Stopping(OptionalInt.of(8), 0, List.of(), false, Set.of(), true),
                Choices.independent(choices),
                usual.structure(),
                usual.rendering());
    }

    private static Picture picture(int seed) {
        byte[] rgb = new byte[112 * 84 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 + seed * 41);
        }
        return new Picture(112, 84, rgb);
    }

    private static GenerationEvent.Failed last(Generation generation) throws InterruptedException {
        try (generation) {
            return (GenerationEvent.Failed) generation.next(LONG).orElseThrow();
        }
    }

    private static final class PictureCounts implements Recorder {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger known = new AtomicInteger();
        private final AtomicInteger encoded = new AtomicInteger();
        private volatile long bytes;
        private volatile boolean beside;

        @Override
        public void watch(IntSupplier running, IntSupplier waiting) {}

        @Override
        public void stepped(int requests, double cacheUsage) {}

        @Override
        public void picturesEncoded(Duration time) {
            encoded.incrementAndGet();
        }

        @Override
        public void picturesEncodedBeside(boolean beside) {
            this.beside = beside;
        }

        @Override
        public void pictureAskedFor(boolean isKnown) {
            asked.incrementAndGet();
            if (isKnown) {
                known.incrementAndGet();
            }
        }

        @Override
        public void picturesKept(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void firstToken(Duration sinceArrival) {}

        @Override
        public void laterToken(Duration sinceLast) {}

        @Override
        public void ended(Outcome outcome, Usage usage, Duration sinceArrival) {}
    }

    /** An engine whose encoder waits at a gate before each picture. */
    private static final class Gated implements AutoCloseable {
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore gate = new Semaphore(0);
        private final AtomicInteger encoded = new AtomicInteger();
        private final TokenizerThread thread = new TokenizerThread("m");
        private final Engine engine;

        private Gated(ModelDefinition model, Recorder recorder, long cacheBytes, Duration stuckAfter) throws Exception {
            EngineBeans beans = new EngineBeans();
            ModelPipeline.Batching pipeline =
                    (ModelPipeline.Batching) beans.pipeline(model, thread, settings(cacheBytes));
            PictureEncoder encoder = ((PictureEncoding.Beside) pipeline.pictures()).encoder();
            PictureEncodings encodings =
                    new PictureEncodings("m", encoder, picture -> encode(encoder, picture), cacheBytes, recorder);
            SpecialTokens special = beans.specialTokens(model);
            ChatTemplate template = beans.chatTemplate(model, pipeline, thread);
            engine = new LoopEngine(
                    new BatchingLoop(
                            "m",
                            pipeline.pipeline(),
                            Optional.of(encodings),
                            SpeculationRoom.of(model.execution()),
                            recorder,
                            stuckAfter),
                    beans.composer(model, pipeline, template, special),
                    beans.options(model, pipeline),
                    thread,
                    beans.detokenizers(pipeline, special, thread),
                    beans.output(model, template),
                    16);
        }

        static Gated of(String fixture, Recorder recorder) throws Exception {
            return of(fixture, recorder, 1 << 20);
        }

        static Gated of(String fixture, Recorder recorder, long cacheBytes) throws Exception {
            return of(fixture, recorder, cacheBytes, Duration.ofMinutes(5));
        }

        static Gated of(String fixture, Recorder recorder, long cacheBytes, Duration stuckAfter) throws Exception {
            return new Gated(exact("fixtures/" + fixture), recorder, cacheBytes, stuckAfter);
        }

        private EncodedPicture encode(PictureEncoder encoder, Rgb picture) {
            begun.release();
            gate.acquireUninterruptibly();
            EncodedPicture result = encoder.encode(picture);
            encoded.incrementAndGet();
            return result;
        }

        Generation start(String text, Picture... pictures) throws Exception {
            return engine.start(request(text, 1, pictures));
        }

        void awaitBegun() throws InterruptedException {
            assertThat(begun.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        /** For good. */
        void open() {
            gate.release(1000);
        }

        @Override
        public void close() {
            open();
            engine.close();
            thread.end();
        }
    }
}
