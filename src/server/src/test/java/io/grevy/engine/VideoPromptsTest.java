package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.image.Picture;
import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Prompting;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Rendering;
import io.grevy.inference.Role;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.repository.PipelineType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where videos stand in prompts, and what models make of them. */
class VideoPromptsTest {

    private static final Part.Image PICTURE = new Part.Image(picture(112, 84, 0));
    private static final Part.Video VIDEO = video(4);
    private static final Part.Text TEXT = new Part.Text("What?");

    @Test
    void tagsStandWhereThePartsStood() throws Exception {
        Visuals visuals = visuals("qwen3_vl", VIDEO, TEXT, PICTURE);

        assertThat(visuals.add(VIDEO)).isEqualTo("<ov_genai_video_0>");
        assertThat(visuals.add(PICTURE)).isEqualTo("<ov_genai_image_0>");
        assertThat(visuals.videos()).hasSize(1);
        assertThat(visuals.videos().get(0).frames()).hasSize(4);
        assertThat(visuals.videos().get(0).framesPerSecond()).isEqualTo(2);
        assertThat(visuals.pictures()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2_vl", "qwen2_5_vl"})
    void aPictureBeforeAVideoIsAVideoOfOneFrameToQwen2(String type) throws Exception {
        Visuals visuals = visuals(type, PICTURE, TEXT, VIDEO);

        assertThat(visuals.add(PICTURE)).isEqualTo("<ov_genai_video_0>");
        assertThat(visuals.add(VIDEO)).isEqualTo("<ov_genai_video_1>");
        assertThat(visuals.pictures()).isEmpty();
        assertThat(visuals.videos().get(0).frames()).hasSize(1);
    }

    @Test
    void itIsRefusedWhereItIsNot() {
        assertThatThrownBy(() -> visuals("qwen3_vl", PICTURE, TEXT, VIDEO))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SUPPORTED))
                .hasMessage("The model 'm' takes no picture before a video; put its videos first.");
    }

    @Test
    void otherModelsTakeThemInAnyOrder() throws Exception {
        Visuals visuals = visuals("llava_next_video", PICTURE, VIDEO);

        assertThat(visuals.add(PICTURE)).isEqualTo("<ov_genai_image_0>");
        assertThat(visuals.add(VIDEO)).isEqualTo("<ov_genai_video_0>");
    }

    @ParameterizedTest
    @CsvSource({"qwen2_vl, VLM_CB", "qwen2_vl, VLM", "qwen2_5_vl, VLM_CB", "qwen3_vl, VLM_CB"})
    void aVideoCostsTokensByItsPairsOfFrames(String fixture, PipelineType type) throws Exception {
        try (OpenModel open = OpenModel.of(fixture, type, new Unrecorded())) {
            int none = promptTokens(open, TEXT);
            int two = promptTokens(open, video(2), TEXT);
            int three = promptTokens(open, video(3), TEXT);
            int eight = promptTokens(open, video(8), TEXT);

            assertThat(two).isGreaterThan(none);
            assertThat(three).isGreaterThan(two);
            assertThat(eight).isGreaterThan(three);
            if (!fixture.equals("qwen3_vl")) { // which has time stamps between
                assertThat(eight - three).isEqualTo(2 * (three - two));
            }
        }
    }

    @Test
    void aPictureBesideAVideoCostsWhatItCostsAlone() throws Exception {
        try (OpenModel open = OpenModel.of("qwen2_vl", PipelineType.VLM_CB, new Unrecorded())) {
            int none = promptTokens(open, TEXT);
            int picture = promptTokens(open, PICTURE, TEXT) - none;
            int video = promptTokens(open, VIDEO, TEXT) - none;

            assertThat(promptTokens(open, VIDEO, PICTURE, TEXT)).isEqualTo(none + picture + video);
            assertThat(promptTokens(open, PICTURE, VIDEO, TEXT)).isEqualTo(none + picture + video);
            assertThat(promptTokens(open, PICTURE, VIDEO, PICTURE, VIDEO, TEXT))
                    .isEqualTo(none + 2 * picture + 2 * video);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava", "gemma3", "qwen2"})
    void aModelWithoutVideosRefusesThemByName(String fixture) throws Exception {
        PipelineType type = fixture.equals("qwen2") ? PipelineType.LM_CB : PipelineType.VLM_CB;
        try (OpenModel open = OpenModel.of(fixture, type, new Unrecorded())) {
            assertThatThrownBy(() -> promptTokens(open, VIDEO, TEXT))
                    .isInstanceOfSatisfying(
                            RefusedRequestException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.VIDEOS_NOT_SUPPORTED))
                    .hasMessage("The model '" + fixture + "' takes no videos.");
        }
    }

    @Test
    void aVideoTagInTextIsRefused() throws Exception {
        try (OpenModel open = OpenModel.of("qwen2_vl", PipelineType.VLM_CB, new Unrecorded())) {
            for (String tag : List.of("<ov_genai_video_0>", "<|video_pad|>")) {
                assertThatThrownBy(() -> promptTokens(open, VIDEO, new Part.Text("a " + tag)))
                        .isInstanceOf(RefusedRequestException.class)
                        .hasMessageContaining("at character 2, which this model reserves for itself");
            }
        }
    }

    private static int promptTokens(OpenModel open, Part... parts) throws Exception {
        InferenceRequest request = new InferenceRequest(
                "m",
                List.of(new Message(Role.USER, List.of(parts))),
                Optional.empty(),
                Prompting.usual(),
                Sampling.unspecified(),
                Assistance.unspecified(),
                new Stopping(OptionalInt.of(1), 0, List.of(), false, Set.of(), false),
                Choices.independent(1),
                Optional.empty(),
                Rendering.plain());
        return Answers.of(open.engine().start(request)).usage().promptTokens();
    }

    private static Visuals visuals(String type, Part... parts) throws RefusedRequestException {
        return Visuals.of(List.of(new Message(Role.USER, List.of(parts))), new Sight("m", true, VideoOrder.of(type)));
    }

    private static Part.Video video(int frames) {
        return new Part.Video(
                IntStream.range(0, frames).mapToObj(i -> picture(84, 112, i)).toList(), 2);
    }

    private static Picture picture(int width, int height, int shade) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) (40 * shade));
        return new Picture(width, height, rgb);
    }
}
