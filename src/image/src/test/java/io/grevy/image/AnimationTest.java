package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grevy.image.PictureException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are those of make_videos.py, and what Pillow makes of them. */
class AnimationTest {

    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final long MOST = 40_000_000;

    private final Decoder decoder = new Decoder(MOST);
    private final AnimationDecoder animations = new AnimationDecoder(decoder, MOST);

    @ParameterizedTest
    @CsvSource({
        "kept.gif, 3, 0",
        "cleared.gif, 3, 0",
        "restored.gif, 4, 0",
        "moving.gif, 7, 0",
        "transparent.gif, 7, 0",
        "moving.webp, 7, 0",
        "transparent.webp, 7, 2",
        "lossy.webp, 7, 40",
        "mixed.webp, 7, 40"
    })
    void framesAreThoseThatPillowDecodes(String name, int count, int tolerance) throws PictureException {
        Video video = animations.decode(sample(name), 32);

        List<Picture> expected = strip(name);
        assertThat(video.frames()).hasSize(count).hasSameSizeAs(expected);
        assertThat(distinct(expected)).as("frames to tell apart").hasSize(count);
        for (int i = 0; i < count; i++) {
            assertClose(video.frames().get(i), expected.get(i), tolerance, name + ", frame " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"kept.gif, 32, 5", "moving.webp, 32, 8.333", "moving.webp, 4, 4.167", "moving.webp, 1, 1.19"})
    void theRateIsThatOfTheFramesTaken(String name, int most, double rate) throws PictureException {
        assertThat(animations.decode(sample(name), most).framesPerSecond()).isCloseTo(rate, within(0.001));
    }

    @Test
    void fewerFramesAreSpreadEvenly() throws PictureException {
        byte[] file = sample("moving.gif");
        List<Picture> all = animations.decode(file, 7).frames();
        List<Picture> some = animations.decode(file, 3).frames();
        assertThat(some).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(some.get(i).rgb()).isEqualTo(all.get(3 * i).rgb());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline.jpg", "alpha.png", "plain.gif", "lossless.webp", "raw.tif"})
    void aPictureIsAVideoOfOneFrame(String name) throws PictureException {
        Video video = animations.decode(Samples.bytes(name), 32);
        assertThat(video.frames()).hasSize(1);
        assertThat(video.frames().get(0).rgb())
                .isEqualTo(decoder.decode(Samples.bytes(name)).rgb());
    }

    @Test
    void aColourProfileHoldsForEachFrame() throws PictureException {
        byte[] profiled = withProfile(sample("moving.webp"), Samples.bytes("profile.webp"));
        int plain = Samples.pixel(
                animations.decode(sample("moving.webp"), 32).frames().get(0), 7, 7);
        int swapped = Samples.pixel(animations.decode(profiled, 32).frames().get(0), 7, 7);
        assertThat(plain).isEqualTo(Samples.RED);
        assertThat(swapped >> 8 & 0xff).as("green of %06x", swapped).isGreaterThan(150);
        assertThat(swapped >> 16).as("red of %06x", swapped).isLessThan(100);
    }

    @Test
    void aFrameThatIsCutOffIsTruncated() {
        for (String name : List.of("kept.gif", "moving.webp")) {
            byte[] file = sample(name);
            refused(Reason.TRUNCATED, () -> animations.decode(Arrays.copyOf(file, file.length - 20), 32));
        }
    }

    @Test
    void damageIsARefusalOrAPictureNeverAnythingElse() {
        for (String name : List.of("restored.gif", "moving.gif", "transparent.webp", "lossy.webp")) {
            byte[] file = sample(name);
            for (int i = 6; i < file.length; i += 3) {
                byte[] damaged = file.clone();
                damaged[i] ^= (byte) (1 << i % 8);
                try {
                    animations.decode(damaged, 32);
                } catch (PictureException e) {
                    assertThat(e).hasMessageEndingWith(".");
                }
            }
        }
    }

    @Test
    void aCanvasOfManyPixelsIsRefusedBeforeAnythingIsAllocated() {
        for (String name : List.of("kept.gif", "moving.webp")) {
            byte[] file = sample(name);
            int at = name.endsWith("gif") ? 6 : 24;
            file[at + 1] = (byte) 0xc0;
            file[at + (name.endsWith("gif") ? 3 : 4)] = (byte) 0xc0;
            long before = BombTest.allocated();
            String message = refused(Reason.TOO_MANY_PIXELS, () -> animations.decode(file, 32));
            assertThat(BombTest.allocated() - before).isLessThan(4 << 20);
            assertThat(message).contains("49192x49").contains("40000000");
        }
    }

    /** 40x30 pixels are few, seven times as many are too many. */
    @Test
    void theFramesTogetherAreLimited() throws PictureException {
        AnimationDecoder limited = new AnimationDecoder(decoder, 5 * WIDTH * HEIGHT);
        assertThat(limited.decode(sample("moving.gif"), 5).frames()).hasSize(5);
        assertThat(refused(Reason.TOO_MANY_PIXELS, () -> limited.decode(sample("moving.gif"), 7)))
                .isEqualTo("The GIF animation's frames, 7 of 40x30 pixels, have together more than the limit of 6000.");
    }

    @Test
    void soIsTheWorkForFramesThatAreLeftOut() {
        byte[] file = repeated(sample("kept.gif"), 200);
        AnimationDecoder limited = new AnimationDecoder(decoder, 2 * WIDTH * HEIGHT);
        assertThat(refused(Reason.TOO_MANY_PIXELS, () -> limited.decode(file, 2)))
                .isEqualTo("The GIF animation's 202 frames have together more than 38400 pixels.");
    }

    @Test
    void theNumberOfFramesIsLimited() {
        assertThat(refused(Reason.UNSUPPORTED_FORMAT, () -> animations.decode(repeated(sample("kept.gif"), 5000), 32)))
                .contains("more than 4096 frames");
    }

    @ParameterizedTest
    @CsvSource({
        "0000001c6674797069736f6d, MP4",
        "000000146674797071742020, QuickTime",
        "1a45dfa39f4286810142f781, WebM or Matroska",
        "52494646ffffffff41564920, AVI"
    })
    void videosThatAreNotDecodedAreNamed(String hex, String name) {
        byte[] file = new byte[200];
        for (int i = 0; i < hex.length() / 2; i++) {
            file[i] = (byte) Integer.parseInt(hex, 2 * i, 2 * i + 2, 16);
        }
        assertThat(refused(Reason.UNSUPPORTED_FORMAT, () -> animations.decode(file, 32)))
                .startsWith("The video's bytes look like " + name + ", which is not decoded here;")
                .contains("GIF and WebP animations")
                .contains("data:video/jpeg;base64,");
    }

    @Test
    void aLoaderBoundsTheFramesOfAListTogether() throws PictureException {
        PictureSettings defaults = PictureSettings.defaults();
        PictureSettings settings = new PictureSettings(
                defaults.maxBytes(), 10 * 48 * 32, 1, defaults.fetchTimeout(), defaults.allowedDomains());
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(Samples.bytes("rgb.png"));
        try (PictureLoader loader = new PictureLoader(settings)) {
            assertThat(loader.loadFrame(url, 10, file -> {}).width()).isEqualTo(48);
            assertThat(refused(Reason.TOO_MANY_PIXELS, () -> loader.loadFrame(url, 11, file -> {})))
                    .isEqualTo("The PNG picture has 48x32 pixels, more than the limit of 1396 for each of a video's 11"
                            + " frames.");
            assertThat(loader.loadVideo(url, 32, file -> {}).frames()).hasSize(1);
        }
    }

    @Test
    void samplingKeepsTheFirstAndTheLast() {
        assertThat(FrameSampling.of(3, 32)).containsExactly(0, 1, 2);
        assertThat(FrameSampling.of(10, 4)).containsExactly(0, 3, 6, 9);
        assertThat(FrameSampling.of(10, 1)).containsExactly(0);
        assertThat(FrameSampling.of(4096, 32))
                .hasSize(32)
                .doesNotHaveDuplicates()
                .startsWith(0)
                .endsWith(4095);
    }

    private static byte[] sample(String name) {
        return Samples.bytes("../videos/" + name);
    }

    /** Pillow's frames, which lie one below the other. */
    private List<Picture> strip(String name) throws PictureException {
        Picture strip = decoder.decode(sample(name + ".png"));
        assertThat(strip.width()).isEqualTo(WIDTH);
        int length = 3 * WIDTH * HEIGHT;
        return IntStream.range(0, strip.height() / HEIGHT)
                .mapToObj(
                        i -> new Picture(WIDTH, HEIGHT, Arrays.copyOfRange(strip.rgb(), i * length, (i + 1) * length)))
                .toList();
    }

    private static Set<String> distinct(List<Picture> pictures) {
        Set<String> distinct = new HashSet<>();
        pictures.forEach(picture -> distinct.add(Arrays.toString(picture.rgb())));
        return distinct;
    }

    private static void assertClose(Picture actual, Picture expected, int tolerance, String name) {
        assertThat(actual.sameSizeAs(expected)).as(name).isTrue();
        IntSummaryStatistics differences = IntStream.range(0, expected.rgb().length)
                .map(i -> Math.abs((actual.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)))
                .summaryStatistics();
        // Of lossy pictures each decoder smooths the colours at edges in its own way.
        assertThat(differences.getMax()).as(name).isLessThanOrEqualTo(tolerance);
        assertThat(differences.getAverage()).as(name).isLessThan(2);
    }

    /** The last frame of a GIF, so many times more. */
    private static byte[] repeated(byte[] gif, int times) {
        int last = 0;
        for (int i = 0; i < gif.length - 1; i++) {
            last = gif[i] == 0x21 && gif[i + 1] == (byte) 0xf9 ? i : last;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(gif, 0, last);
        for (int i = 0; i < times; i++) {
            many.write(gif, last, gif.length - 1 - last);
        }
        many.write(0x3b);
        return many.toByteArray();
    }

    /** An animated WebP with the colour profile of another file, behind its header. */
    private static byte[] withProfile(byte[] webp, byte[] other) {
        int from = new String(other, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("ICCP");
        int length = 8 + (other[from + 4] & 0xff | (other[from + 5] & 0xff) << 8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(webp, 0, 30);
        file.write(other, from, length + length % 2);
        file.write(webp, 30, webp.length - 30);
        byte[] profiled = file.toByteArray();
        profiled[20] |= 0x20;
        int riff = profiled.length - 8;
        for (int i = 0; i < 4; i++) {
            profiled[4 + i] = (byte) (riff >> 8 * i);
        }
        return profiled;
    }
}
