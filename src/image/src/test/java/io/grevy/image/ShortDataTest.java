package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.image.PictureException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Files that are whole by their structure, with too little pixel data in it. */
class ShortDataTest {

    private final Decoder decoder = new Decoder(1_000_000);

    @Test
    void aPngWithTooFewRowsIsRefused() {
        assertDamaged(png(64, 64, deflated(new byte[64 * (1 + 3 * 64) / 2])));
    }

    @Test
    void aPngWhoseCompressedDataBreaksOffIsRefused() {
        byte[] whole = deflated(new byte[64 * (1 + 3 * 64)]);
        assertDamaged(png(64, 64, Arrays.copyOf(whole, whole.length / 2)));
    }

    @Test
    void aGifWithTooFewPixelsIsRefused() {
        byte[] gif = Samples.bytes("plain.gif");
        int data = gif.length;
        // The last data block is the one before the empty one and the trailer: make it short.
        for (int at = 13 + (3 << (gif[10] & 7) + 1); at < gif.length; at++) {
            if (gif[at] == 0x2c) {
                data = at + 11;
                break;
            }
        }
        byte[] cut = Arrays.copyOf(gif, data + 1 + 20 + 2);
        cut[data] = 20;
        cut[data + 21] = 0;
        cut[data + 22] = 0x3b;
        assertDamaged(cut);
    }

    @Test
    void aJpegWhoseScanEndsEarlyIsRefused() {
        byte[] jpeg = Samples.bytes("unsubsampled.jpg");
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 20);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertDamaged(cut);
    }

    @Test
    void aLossyWebpWhoseDataEndsEarlyIsRefused() {
        assertDamaged(shortened(Samples.bytes("lossy.webp"), 40));
    }

    @Test
    void aLosslessWebpWhoseDataEndsEarlyIsRefused() {
        assertDamaged(shortened(Samples.bytes("lossless.webp"), 40));
    }

    private static byte[] shortened(byte[] webp, int by) {
        byte[] cut = Arrays.copyOf(webp, (webp.length - by) / 2 * 2);
        ByteBuffer.wrap(cut)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, cut.length - 8)
                .putInt(16, cut.length - 20);
        return cut;
    }

    private void assertDamaged(byte[] file) {
        PictureException e = catchThrowableOfType(PictureException.class, () -> decoder.decode(file));
        assertThat(e).isNotNull();
        assertThat(e.reason()).isIn(Reason.TRUNCATED, Reason.CORRUPT);
    }

    static byte[] deflated(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] out = new byte[rows.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    /** A PNG of 8-bit RGB. */
    static byte[] png(int width, int height, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put((byte) 2);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
        ByteBuffer body = ByteBuffer.allocate(4 + data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        CRC32 sum = new CRC32();
        sum.update(body.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(body.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
