package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.grevy.image.PictureException.Reason;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, cut off and with bytes changed. */
class DamageTest {

    private static final long MAX_PIXELS = 100_000;
    private static final int MUTATIONS = 150;
    private static final long MOST_HEAP = 64 << 20;
    private static final Set<Reason> DAMAGE =
            EnumSet.of(Reason.TRUNCATED, Reason.CORRUPT, Reason.UNSUPPORTED_FORMAT, Reason.TOO_MANY_PIXELS);

    private final Decoder decoder = new Decoder(MAX_PIXELS);

    static Stream<String> samples() throws URISyntaxException {
        URL folder = Objects.requireNonNull(DamageTest.class.getResource("pictures"));
        return Arrays.stream(Objects.requireNonNull(new File(folder.toURI()).list()))
                .filter(name -> !name.equals("jpeg-within.tif"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsCutOffIsRefusedUnlessNoPixelIsMissing(String name) throws PictureException {
        byte[] file = Samples.bytes(name);
        Picture whole = decoder.decode(file);
        int step = Math.max(1, file.length / 400);
        for (int length = 0; length < file.length; length += step) {
            try {
                Picture cut = decoder.decode(Arrays.copyOf(file, length));
                assertThat(cut.rgb()).as("cut at %d of %d", length, file.length).isEqualTo(whole.rgb());
            } catch (PictureException e) {
                assertThat(e.reason())
                        .as("cut at %d of %d: %s", length, file.length, e.getMessage())
                        .isIn(length < 40 ? DAMAGE : Set.of(Reason.TRUNCATED));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void changedBytesEndInAPictureOrARefusal(String name) {
        byte[] file = Samples.bytes(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = mutate(file, random);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> decodeOrRefuse(changed), "mutation " + i);
        }
    }

    private void decodeOrRefuse(byte[] file) {
        long before = BombTest.allocated();
        try {
            Picture picture = decoder.decode(file);
            assertThat((long) picture.width() * picture.height()).isLessThanOrEqualTo(MAX_PIXELS);
        } catch (PictureException e) {
            assertThat(e.reason()).isIn(DAMAGE);
        }
        assertThat(BombTest.allocated() - before).as("bytes of heap").isLessThan(MOST_HEAP);
    }

    private static byte[] mutate(byte[] file, Random random) {
        byte[] changed = file.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // Headers are where the harm is, so they get their share.
            int range = random.nextBoolean() ? Math.min(changed.length, 120) : changed.length;
            int at = random.nextInt(range);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                default -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) 0xff);
            }
        }
        return changed;
    }
}
