package io.grevy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The frames of a WebP: its chunks ANMF (RFC 9649). */
record WebpAnimation(Bytes bytes, int width, int height, List<Animation.Frame> frames, byte[] profile)
        implements Animation {

    private static final int FRAME_HEADER = 24;
    private static final int EXTENDED_HEADER = 10;
    private static final int CLEARED = 0x01;
    private static final int UNBLENDED = 0x02;
    private static final int PROFILED = 0x20;
    private static final int ALPHA = 0x10;

    /** A profile is read anew for each frame. */
    private static final int LONGEST_PROFILE = 64 << 10;

    static WebpAnimation of(Bytes bytes) throws PictureException {
        WebpContainer container = new WebpContainer(bytes);
        bytes.require(container.end());
        List<Frame> frames = new ArrayList<>();
        byte[] profile = {};
        for (long at = WebpContainer.FIRST_CHUNK; at + 8 <= container.end(); at = container.next(at)) {
            if (bytes.has(at, "ANMF")) {
                frames.add(frame(bytes, at, 8 + at + bytes.u32le(at + 4)));
                if (frames.size() > MOST_FRAMES) {
                    throw bytes.unsupported("it has more than " + MOST_FRAMES + " frames");
                }
            } else if (bytes.has(at, "ICCP")) {
                profile = chunk(bytes, at, LONGEST_PROFILE);
            }
        }
        Container.Outline outline = container.outline();
        return new WebpAnimation(bytes, outline.width(), outline.height(), List.copyOf(frames), profile);
    }

    private static Frame frame(Bytes bytes, long at, long end) throws PictureException {
        bytes.require(end);
        int flags = bytes.u8(at + 23);
        return new Frame(
                2 * bytes.u24le(at + 8),
                2 * bytes.u24le(at + 11),
                bytes.u24le(at + 14) + 1,
                bytes.u24le(at + 17) + 1,
                Animation.shownMillis(bytes.u24le(at + 20)),
                (flags & CLEARED) != 0 ? Disposal.CLEAR : Disposal.KEEP,
                (flags & UNBLENDED) == 0,
                at + FRAME_HEADER,
                end);
    }

    /** A still of the extended form: header, profile, and the frame's own chunks of alpha and pixels. */
    @Override
    public byte[] still(Frame frame) throws PictureException {
        List<byte[]> parts = new ArrayList<>();
        int flags = profile.length > 0 ? PROFILED : 0;
        for (long at = frame.start(); at + 8 <= frame.end(); at = new WebpContainer(bytes).next(at)) {
            if (bytes.has(at, "ALPH") || bytes.has(at, "VP8L")) {
                flags |= ALPHA;
            }
            if (bytes.has(at, "ALPH") || bytes.has(at, "VP8L") || bytes.has(at, "VP8 ")) {
                parts.add(chunk(bytes, at, frame.end() - at - 8));
            }
        }
        int length = 4 + 8 + EXTENDED_HEADER + profile.length;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer still = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        still.put(ascii("RIFF")).putInt(length).put(ascii("WEBPVP8X")).putInt(EXTENDED_HEADER);
        still.putInt(flags);
        put24(still, frame.width() - 1);
        put24(still, frame.height() - 1);
        still.put(profile);
        parts.forEach(still::put);
        return still.array();
    }

    /** A chunk with its header, padded to an even length. */
    private static byte[] chunk(Bytes bytes, long at, long longest) throws PictureException {
        long length = bytes.u32le(at + 4);
        if (length > longest) {
            throw bytes.corrupt("a chunk at byte " + at + " has a length of " + length);
        }
        bytes.require(at + 8 + length);
        byte[] chunk = new byte[(int) (8 + length + length % 2)];
        System.arraycopy(bytes.array(), (int) at, chunk, 0, (int) (8 + length));
        return chunk;
    }

    private static void put24(ByteBuffer to, int value) {
        to.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
