package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.grevy.image.PictureLoader;
import io.grevy.inference.Part;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Videos from a request's JSON to decoded frames. */
class VideoReaderTest {

    private static final String RED = Samples.picture(8, 6, 0xff0000);
    private static final String BLUE = Samples.picture(8, 6, 0x0000ff);
    private static final Path ANIMATIONS = Path.of(System.getProperty("repository.root"))
            .resolve("src/image/src/test/resources/io/grevy/image/videos");

    private final ChatSettings settings = Samples.chatSettings(Map.of("grevy.max_images", "3"));
    private final ChatRequestReader reader = Samples.reader(settings);

    @Test
    void aListOfFramesIsAVideoOfTwoASecond() throws Exception {
        Part.Video video = (Part.Video) only(part("video", "\"video\":[\"" + RED + "\",\"" + BLUE + "\"]"));

        assertThat(video.frames()).hasSize(2);
        assertThat(video.frames().get(0).rgb()).startsWith(255, 0, 0);
        assertThat(video.frames().get(1).rgb()).startsWith(0, 0, 255);
        assertThat(video.framesPerSecond()).isEqualTo(2);
    }

    @Test
    void itsRateMayBeGiven() throws Exception {
        Part.Video video = (Part.Video) only(part("video", "\"video\":[\"" + RED + "\",\"" + BLUE + "\"],\"fps\":0.5"));

        assertThat(video.framesPerSecond()).isEqualTo(0.5);
    }

    @Test
    void framesThatVllmJoinsByCommasAreTheSame() throws Exception {
        String joined = RED.substring(RED.indexOf(',') + 1) + "," + BLUE.substring(BLUE.indexOf(',') + 1);
        Part.Video video = (Part.Video) only(url("data:video/jpeg;base64," + joined));

        assertThat(video.frames()).hasSize(2);
        assertThat(video.frames().get(1).rgb()).startsWith(0, 0, 255);
    }

    @Test
    void anAnimationIsAVideo() throws Exception {
        Part.Video gif = (Part.Video) only(url(dataUri("image/gif", "moving.gif")));
        Part.Video webp = (Part.Video) only(url(dataUri("video/whatever", "moving.webp")));

        assertThat(gif.frames()).hasSize(7);
        assertThat(webp.frames()).hasSize(7);
        assertThat(webp.framesPerSecond()).isCloseTo(1 / 0.12, within(0.001));
    }

    @Test
    void ofManyFramesThirtyTwoAreTaken() throws Exception {
        String frames = IntStream.range(0, 63)
                .mapToObj(i -> "\"" + Samples.picture(2, 1, i) + "\"")
                .collect(Collectors.joining(","));
        Part.Video video = (Part.Video) only(part("video", "\"video\":[" + frames + "],\"fps\":4"));

        assertThat(video.frames()).hasSize(32);
        assertThat(video.frames().stream().map(frame -> (int) frame.rgb()[2]))
                .containsExactlyElementsOf(
                        IntStream.range(0, 32).map(i -> 2 * i).boxed().toList());
        assertThat(video.framesPerSecond()).isEqualTo(2);
    }

    @Test
    void picturesAndVideosKeepTheirOrder() throws Exception {
        List<Part> parts = load(part("video", "\"video\":[\"" + RED + "\"]") + "," + image(BLUE) + ","
                + url(dataUri("image/gif", "kept.gif")));

        assertThat(parts).hasSize(3);
        assertThat(parts.get(0)).isInstanceOf(Part.Video.class);
        assertThat(parts.get(1)).isInstanceOf(Part.Image.class);
        assertThat(((Part.Video) parts.get(2)).frames()).hasSize(3);
    }

    @Test
    void whatIsDecodedIsHeld() throws Exception {
        BodyBudget budget = new BodyBudget(settings);
        try (BodyBudget.Share held = budget.open()) {
            load(part("video", "\"video\":[\"" + RED + "\",\"" + BLUE + "\"]"), held);
            assertThat(budget.held()).isEqualTo(2 * 8 * 6 * 3);
        }
        assertThat(budget.held()).isZero();
    }

    @Test
    void videosCountAmongThePictures() {
        String video = part("video", "\"video\":[\"" + RED + "\"]");
        ApiException refused = refused(String.join(",", image(RED), video, image(RED), video));

        assertThat(refused).hasMessage("A request may hold at most 3 images and videos.");
        assertThat(refused.param()).hasValue("messages[0].content[3].video");
    }

    @Test
    void framesOfSeveralSizesAreRefusedByTheirPlace() {
        ApiException refused =
                refused(part("video", "\"video\":[\"" + RED + "\",\"" + Samples.picture(8, 7, 0) + "\"]"));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_IMAGE);
        assertThat(refused.param()).hasValue("messages[0].content[0].video[1]");
        assertThat(refused)
                .hasMessage("messages[0].content[0].video[1]: The frame has 8x7 pixels, the video's first one has 8x6;"
                        + " all must be of one size.");
    }

    @Test
    void aFrameThatIsNoPictureIsRefusedByItsPlace() {
        ApiException refused = refused(part("video", "\"video\":[\"" + RED + "\",\"data:image/png;base64,aGVsbG8=\"]"));

        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_IMAGE_FORMAT);
        assertThat(refused.param()).hasValue("messages[0].content[0].video[1]");
    }

    @Test
    void tooManyFramesAreRefused() {
        String frames = "\"" + RED + "\"" + (",\"" + RED + "\"").repeat(4096);
        assertThat(refused(part("video", "\"video\":[" + frames + "]")))
                .hasMessage("messages[0].content[0].video may hold at most 4096 frames.");
        assertThat(refused(url("data:video/jpeg;base64," + ",".repeat(5000))))
                .hasMessage("messages[0].content[0].video_url.url may hold at most 4096 frames.");
    }

    @Test
    void anMp4IsRefusedByName() {
        byte[] mp4 = new byte[64];
        System.arraycopy("\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1), 0, mp4, 0, 12);
        ApiException refused =
                refused(url("data:video/mp4;base64," + Base64.getEncoder().encodeToString(mp4)));

        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_IMAGE_FORMAT);
        assertThat(refused.param()).hasValue("messages[0].content[0].video_url.url");
        assertThat(refused).hasMessageContaining("look like MP4").hasMessageContaining("GIF and WebP animations");
    }

    private ApiException refused(String parts) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> load(parts));
        assertThat(refused).isNotNull();
        return refused;
    }

    private Part only(String part) throws InterruptedException {
        List<Part> parts = load(part);
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    private List<Part> load(String parts) throws InterruptedException {
        try (BodyBudget.Share held = new BodyBudget(settings).open()) {
            return load(parts, held);
        }
    }

    private List<Part> load(String parts, BodyBudget.Share held) throws InterruptedException {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}";
        ChatRequest request = reader.read(body.getBytes(StandardCharsets.UTF_8));
        try (PictureLoader loader = new PictureLoader(settings.pictures())) {
            PicturePool pool = new PicturePool(loader);
            try {
                List<Part> loaded = pool.load(request.visuals(), held);
                assertThat(request.toInference("chatcmpl-test", loaded)
                                .messages()
                                .get(0)
                                .parts())
                        .isEqualTo(loaded);
                return loaded;
            } finally {
                pool.close();
            }
        }
    }

    private static String dataUri(String type, String name) throws IOException {
        return "data:" + type + ";base64,"
                + Base64.getEncoder().encodeToString(Files.readAllBytes(ANIMATIONS.resolve(name)));
    }

    private static String part(String type, String members) {
        return "{\"type\":\"" + type + "\"," + members + "}";
    }

    private static String url(String url) {
        return part("video_url", "\"video_url\":{\"url\":\"" + url + "\"}");
    }

    private static String image(String url) {
        return part("image_url", "\"image_url\":{\"url\":\"" + url + "\"}");
    }
}
