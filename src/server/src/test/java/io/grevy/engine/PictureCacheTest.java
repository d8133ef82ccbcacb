package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.openvino.BatchingPipeline;
import io.grevy.openvino.EncodedPicture;
import io.grevy.openvino.PictureEncoder;
import io.grevy.openvino.PictureEncoding;
import io.grevy.openvino.Rgb;
import io.grevy.openvino.SchedulerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With pictures of the real engine, each of the same size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PictureCacheTest {

    private static final Path MODEL = Path.of(System.getProperty("repository.root"), "models/fixtures/qwen2_vl");
    private static final long BYTES = 4 * 128 * Float.BYTES; // tokens, and the model's width

    private final BatchingPipeline pipeline =
            BatchingPipeline.open(MODEL, "CPU", SchedulerSettings.defaults(), Map.of());
    private final PictureEncoder encoder = ((PictureEncoding.Beside) pipeline.encodePicturesBeside()).encoder();

    @AfterAll
    void close() {
        pipeline.close();
    }

    @Test
    void whatWasUsedLastStays() {
        PictureCache cache = new PictureCache(2 * BYTES + 1);
        EncodedPicture first = encoded(1);
        EncodedPicture second = encoded(2);
        cache.keep(key(1), first);
        cache.keep(key(2), second);
        assertThat(cache.bytes()).isEqualTo(2 * BYTES);
        assertThat(found(cache, 1)).isTrue();

        cache.keep(key(3), encoded(3));

        assertThat(cache.bytes()).isEqualTo(2 * BYTES);
        assertThat(found(cache, 1)).isTrue();
        assertThat(found(cache, 2)).isFalse();
        assertThat(found(cache, 3)).isTrue();
        assertThat(closed(first)).isFalse();
        assertThat(closed(second)).isTrue();
        cache.clear();
        assertThat(closed(first)).isTrue();
        assertThat(cache.bytes()).isZero();
        assertThat(found(cache, 1)).isFalse();
    }

    @Test
    void oneThatIsLargerThanAllTheRoomLeavesTheOthers() {
        PictureCache cache = new PictureCache(2 * BYTES);
        cache.keep(key(1), encoded(1));
        EncodedPicture large = encoder.encode(picture(112, 1));
        assertThat(large.bytes()).isGreaterThan(2 * BYTES);

        cache.keep(key(2), large);

        assertThat(closed(large)).isTrue();
        assertThat(found(cache, 1)).isTrue();
        assertThat(cache.bytes()).isEqualTo(BYTES);
        cache.clear();
    }

    @Test
    void theSameAgainTakesThePlaceOfTheFormer() {
        PictureCache cache = new PictureCache(2 * BYTES);
        EncodedPicture former = encoded(1);
        cache.keep(key(1), former);

        cache.keep(key(1), encoded(1));

        assertThat(closed(former)).isTrue();
        assertThat(found(cache, 1)).isTrue();
        assertThat(cache.bytes()).isEqualTo(BYTES);
        cache.clear();
    }

    /** Somebody may still use what the cache lets go. */
    @Test
    void whatIsFoundIsTheFindersOwn() {
        PictureCache cache = new PictureCache(BYTES);
        cache.keep(key(1), encoded(1));
        EncodedPicture found = cache.find(key(1)).orElseThrow();

        cache.keep(key(2), encoded(2));

        assertThat(closed(found)).isFalse();
        found.close();
        cache.clear();
    }

    @Test
    void aKeyTellsEachPixelAndTheShape() {
        byte[] pixels = picture(56, 1).pixels();
        byte[] other = pixels.clone();
        other[other.length - 1]++;

        assertThat(PictureKey.of(new Rgb(56, 56, pixels.clone()))).isEqualTo(PictureKey.of(new Rgb(56, 56, pixels)));
        assertThat(PictureKey.of(new Rgb(56, 56, other))).isNotEqualTo(PictureKey.of(new Rgb(56, 56, pixels)));
        assertThat(PictureKey.of(new Rgb(28, 112, pixels))).isNotEqualTo(PictureKey.of(new Rgb(56, 56, pixels)));
    }

    private EncodedPicture encoded(int seed) {
        EncodedPicture picture = encoder.encode(picture(56, seed));
        assertThat(picture.bytes()).isEqualTo(BYTES);
        return picture;
    }

    private static PictureKey key(int seed) {
        return PictureKey.of(picture(56, seed));
    }

    private static boolean found(PictureCache cache, int seed) {
        Optional<EncodedPicture> found = cache.find(key(seed));
        found.ifPresent(EncodedPicture::close);
        return found.isPresent();
    }

    private static boolean closed(EncodedPicture picture) {
        try {
            picture.share().close();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static Rgb picture(int side, int seed) {
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 + seed * 31);
        }
        return new Rgb(side, side, pixels);
    }
}
