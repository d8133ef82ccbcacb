package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.PictureException.Reason;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that ask for much. */
class BombTest {

    private static final int SIDE = 50_000;
    private static final long LITTLE = 4 << 20;

    private final Decoder decoder = new Decoder(40_000_000);

    @Test
    void aPngHeaderOfManyPixelsIsRefusedBeforeAnythingIsAllocated() throws PictureException {
        decoder.decode(Samples.bytes("rgb.png"));
        byte[] png = ShortDataTest.png(SIDE, SIDE, ShortDataTest.deflated(new byte[100]));
        long before = allocated();
        String message = refused(Reason.TOO_MANY_PIXELS, () -> decoder.decode(png));
        assertThat(allocated() - before).isLessThan(LITTLE);
        assertThat(message).contains("50000x50000").contains("40000000");
    }

    @Test
    void soIsAHeaderAlone() {
        byte[] png = ShortDataTest.png(SIDE, SIDE, new byte[0]);
        refused(Reason.TOO_MANY_PIXELS, () -> decoder.decode(Arrays.copyOf(png, 40)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.gif:6", "rgb.bmp:18", "raw.tif:0", "baseline.jpg:0", "animated.webp:24"})
    void otherHeadersAreRefusedTheSame(String sample) {
        String name = sample.substring(0, sample.indexOf(':'));
        byte[] file = Samples.bytes(name);
        int at = Integer.parseInt(sample.substring(name.length() + 1));
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        switch (name) {
            case "plain.gif" -> buffer.putInt(at, 0xc350c350);
            case "rgb.bmp" -> buffer.putInt(at, SIDE).putInt(at + 4, SIDE);
            case "animated.webp" -> buffer.putInt(at, 0x50c34f).putShort(at + 4, (short) 0xc3);
            case "raw.tif" -> enlargeTiff(buffer);
            default -> enlargeJpeg(buffer);
        }
        refused(Reason.TOO_MANY_PIXELS, () -> decoder.decode(file));
    }

    private static void enlargeTiff(ByteBuffer buffer) {
        int directory = buffer.getInt(4);
        for (int i = 0; i < buffer.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (buffer.getShort(entry) == 256 || buffer.getShort(entry) == 257) {
                buffer.putShort(entry + 8, (short) SIDE);
            }
        }
    }

    private static void enlargeJpeg(ByteBuffer buffer) {
        for (int i = 0; i < buffer.limit() - 9; i++) {
            if (buffer.get(i) == (byte) 0xff && buffer.get(i + 1) == (byte) 0xc0) {
                buffer.putInt(i + 5, 0x50c350c3);
                return;
            }
        }
    }

    @Test
    void ofAGifWithThousandsOfFramesOnlyTheFirstIsTouched() throws PictureException {
        byte[] gif = Samples.bytes("plain.gif");
        int frame = 13 + (3 << (gif[10] & 7) + 1);
        while (gif[frame] == 0x21) {
            frame += 3 + gif[frame + 2] + 1;
        }
        byte[] one = Arrays.copyOfRange(gif, frame, gif.length - 1);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(gif, 0, frame);
        for (int i = 0; i < 50_000; i++) {
            many.writeBytes(one);
        }
        many.writeBytes(new byte[] {0x2c, 1, 2, 3}); // rubbish where nobody looks
        byte[] file = many.toByteArray();
        long before = allocated();
        assertThat(decoder.decode(file).width()).isEqualTo(Samples.WIDTH);
        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    @Test
    void aJpegOfManyScansIsRefused() {
        byte[] jpeg = Samples.bytes("progressive.jpg");
        int last = 0;
        for (int i = 0; i < jpeg.length - 1; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda) {
                last = i;
            }
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(jpeg, 0, last);
        for (int i = 0; i < 1000; i++) {
            many.write(jpeg, last, jpeg.length - 2 - last);
        }
        many.write(jpeg, jpeg.length - 2, 2);
        assertThat(refused(Reason.CORRUPT, () -> decoder.decode(many.toByteArray())))
                .contains("scans");
    }

    @Test
    void aPngThatUnpacksToMoreThanItsPixelsTakesNoMoreMemory() throws PictureException {
        byte[] png = ShortDataTest.png(16, 16, ShortDataTest.deflated(new byte[64 << 20]));
        long before = allocated();
        assertThat(decoder.decode(png).width()).isEqualTo(16);
        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    @Test
    void aTiffWhoseManyFieldsClaimTheWholeFileTakesNoMoreMemory() throws PictureException {
        byte[] tiff = manyFields(0x9000);
        long before = allocated();
        assertThat(decoder.decode(tiff).width()).isEqualTo(Samples.WIDTH);
        assertThat(allocated() - before).isLessThan(LITTLE + tiff.length);
    }

    @Test
    void aTiffWhoseNeededFieldsClaimTheWholeFileOftenIsRefused() {
        refused(Reason.CORRUPT, () -> decoder.decode(manyFields(34675)));
    }

    /** A TIFF of a megabyte, with its directory at the end, where a thousand fields each claim all of it. */
    private static byte[] manyFields(int tag) {
        byte[] sample = Samples.bytes("raw.tif");
        byte[] file = Arrays.copyOf(sample, (1 << 20) + 1100 * 12);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int old = buffer.getInt(4);
        int entries = buffer.getShort(old);
        buffer.putInt(4, 1 << 20).position(1 << 20);
        buffer.putShort((short) (entries + 1000)).put(sample, old + 2, 12 * entries);
        for (int i = 0; i < 1000; i++) {
            buffer.putShort((short) tag).putShort((short) 1).putInt(1 << 20).putInt(0);
        }
        return file;
    }

    /** Bytes of heap that this thread has asked for so far. */
    static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
