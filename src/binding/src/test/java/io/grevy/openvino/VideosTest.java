package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideosTest {
    private static final int TOKENS = 24;

    private static final List<Models.Question> QUESTIONS = List.of(
            Models.Question.of("<ov_genai_video_0>Describe the video.", new int[] {112, 84, 1, 4, 2}),
            Models.Question.of("<ov_genai_video_0>Describe the video.", new int[] {112, 84, 9, 4, 2}),
            // An odd number of frames, which the models take in pairs.
            Models.Question.of("What happens?<ov_genai_video_0>And then?", new int[] {84, 112, 2, 5, 4}),
            Models.Question.of("<ov_genai_video_0>Describe the video.", new int[] {112, 112, 3, 1, 1}),
            Models.Question.of(
                    "<ov_genai_video_0>Compare<ov_genai_image_0>all<ov_genai_image_1>of them.",
                    new int[] {112, 84, 4, 3, 2},
                    new int[] {140, 84, 5},
                    new int[] {84, 56, 6}),
            Models.Question.of(
                    "<ov_genai_video_1>Compare<ov_genai_video_0>them.",
                    new int[] {112, 84, 7, 6, 2},
                    new int[] {56, 140, 8, 2, 1}));

    static Stream<Arguments> served() {
        return Stream.of("qwen2_vl", "qwen2_5_vl", "qwen3_vl")
                .flatMap(type -> Stream.of(Answering.values()).map(answering -> Arguments.of(type, answering)));
    }

    @ParameterizedTest
    @MethodSource("served")
    void tokensAreThoseOfPython(String type, Answering answering) {
        Topology topology = new Topology(type, Models.fixture(type));
        List<List<Long>> expected = PythonReference.tokens(answering.python(), topology.model(), TOKENS, QUESTIONS);
        assertThat(new HashSet<>(expected)).as("answers by question").hasSameSizeAs(QUESTIONS);

        try (Answering.Open open = answering.open(topology)) {
            List<List<Long>> alone = QUESTIONS.stream()
                    .map(question -> open.answers(List.of(question), TOKENS).get(0))
                    .toList();
            assertThat(alone).isEqualTo(expected);
            assertThat(open.answers(QUESTIONS, TOKENS)).as("at once").isEqualTo(expected);
        }
    }

    /** Where a picture stands before a video, it is given to these models so. */
    @ParameterizedTest
    @ValueSource(strings = {"qwen2_vl", "qwen2_5_vl"})
    void aPictureIsAVideoOfOneFrame(String type) {
        Topology topology = new Topology(type, Models.fixture(type));
        int[] first = {140, 84, 1};
        int[] second = {84, 112, 2};
        try (Answering.Open open = Answering.BATCHED.open(topology)) {
            List<List<Long>> answers = open.answers(
                    List.of(
                            Models.Question.of("<ov_genai_image_0>And<ov_genai_image_1>?", first, second),
                            Models.Question.of("<ov_genai_video_0>And<ov_genai_video_1>?", still(first), still(second)),
                            Models.Question.of("<ov_genai_video_0>And<ov_genai_video_1>?", still(second), still(first)),
                            Models.Question.of("<ov_genai_video_0>And<ov_genai_image_0>?", still(first), second)),
                    TOKENS);
            assertThat(answers.get(1)).isEqualTo(answers.get(0)).isNotEqualTo(answers.get(2));
            assertThat(answers.get(3)).isEqualTo(answers.get(0));
        }
    }

    private static int[] still(int[] picture) {
        return new int[] {picture[0], picture[1], picture[2], 1, 1};
    }

    /** The model takes frames in pairs, each of which has as many tokens as a picture. */
    @Test
    void twoFramesCostAsManyTokensAsOnePicture() {
        try (BatchingPipeline pipeline = Models.batching(Models.vision())) {
            String picture = Models.prompt(pipeline.tokenizer(), "<ov_genai_image_0>What?");
            String video = Models.prompt(pipeline.tokenizer(), "<ov_genai_video_0>What?");
            Rgb rgb = Models.picture(112, 112, 1);
            long none = pipeline.add(Models.prompt(pipeline.tokenizer(), "What?"), List.of(), Models.greedy(1));
            long one = pipeline.add(picture, List.of(rgb), Models.greedy(1));
            long four = pipeline.add(
                    video, List.of(), List.of(new RgbVideo(List.of(rgb, rgb, rgb, rgb), 1)), Models.greedy(1));
            Loop loop = new Loop(pipeline).finish();

            int around = 2; // vision_start, vision_end
            int ofOne = promptTokens(loop, one) - promptTokens(loop, none) - around;
            int ofFour = promptTokens(loop, four) - promptTokens(loop, none) - around;
            assertThat(ofOne).isEqualTo(16);
            assertThat(ofFour).isEqualTo(2 * ofOne);
        }
    }

    private static int promptTokens(Loop loop, long request) {
        return loop.answer(request).promptTokens();
    }

    @Test
    void aModelWithoutVideosRefusesOneAndGoesOn() {
        try (BatchingPipeline pipeline = Models.batching(Models.fixture("llava"))) {
            String prompt = Models.prompt(pipeline.tokenizer(), "<ov_genai_video_0>What?");
            Map<String, Object> options = Models.greedy(3);
            assertThatThrownBy(() -> pipeline.add(prompt, List.of(), List.of(Models.video(112, 112, 1, 2, 1)), options))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Video preprocessing isn't implemented for this model");
            long text = pipeline.add(Models.prompt(pipeline.tokenizer(), "What?"), List.of(), options);
            assertThat(new Loop(pipeline).finish().answer(text).tokens()).hasSize(3);
        }
    }

    @Test
    void aTagWithoutAVideoIsRefused() {
        try (BatchingPipeline pipeline = Models.batching(Models.vision())) {
            String prompt = Models.prompt(pipeline.tokenizer(), "<ov_genai_video_1>What?");
            assertThatThrownBy(() ->
                            pipeline.add(prompt, List.of(), List.of(Models.video(112, 112, 1, 2, 1)), Models.greedy(3)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Missing image/video with index 1");
        }
    }

    @Test
    void aTextModelTakesNone() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            assertThatThrownBy(() -> pipeline.add(
                            "What?", List.of(), List.of(Models.video(112, 112, 1, 2, 1)), Models.greedy(3)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void framesHaveOneSizeAndAnHonestRate() {
        Rgb wide = Models.picture(8, 4, 1);
        Rgb high = Models.picture(4, 8, 1);
        assertThatThrownBy(() -> new RgbVideo(List.of(), 1)).hasMessage("a video without frames");
        assertThatThrownBy(() -> new RgbVideo(List.of(wide, high), 1)).hasMessage("a video of frames of several sizes");
        assertThatThrownBy(() -> new RgbVideo(List.of(wide), -1)).hasMessageContaining("-1.0 frames a second");
        assertThatThrownBy(() -> new RgbVideo(List.of(wide), Float.NaN)).hasMessageContaining("NaN frames a second");
    }
}
