package io.grevy.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frames of a GIF. See <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a</a>. */
record GifAnimation(Bytes bytes, int width, int height, List<Animation.Frame> frames) implements Animation {

    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xf9;
    private static final int FRAME = 0x2c;
    private static final int END = 0x3b;
    private static final int DESCRIPTOR = 10;

    static GifAnimation of(Bytes bytes) throws PictureException {
        List<Frame> frames = new ArrayList<>();
        long at = header(bytes);
        long control = -1;
        while (at < bytes.length() && bytes.u8(at) != END) {
            int kind = bytes.u8(at);
            long next;
            if (kind == EXTENSION) {
                control = bytes.u8(at + 1) == CONTROL && bytes.u8(at + 2) == 4 ? at : control;
                next = afterBlocks(bytes, at + 2);
            } else if (kind == FRAME) {
                next = afterBlocks(bytes, at + DESCRIPTOR + palette(bytes.u8(at + 9)) + 1);
                frames.add(frame(bytes, control, at, next));
                control = -1;
            } else {
                throw bytes.corrupt("it holds a block of an unknown kind at byte " + at);
            }
            if (frames.size() > MOST_FRAMES) {
                throw bytes.unsupported("it has more than " + MOST_FRAMES + " frames");
            }
            at = next;
        }
        Container.Outline outline = new GifContainer(bytes).outline();
        return new GifAnimation(bytes, outline.width(), outline.height(), List.copyOf(frames));
    }

    private static Frame frame(Bytes bytes, long control, long at, long end) throws PictureException {
        int flags = control < 0 ? 0 : bytes.u8(control + 3);
        int millis = control < 0 ? 0 : 10 * bytes.u16le(control + 4);
        Container.Outline outline =
                Container.Outline.of(bytes.u16le(at + 5), bytes.u16le(at + 7), bytes); // refuses sides of 0
        return new Frame(
                bytes.u16le(at + 1),
                bytes.u16le(at + 3),
                outline.width(),
                outline.height(),
                Animation.shownMillis(millis),
                switch (flags >> 2 & 7) {
                    case 2 -> Disposal.CLEAR;
                    case 3 -> Disposal.RESTORE;
                    default -> Disposal.KEEP;
                },
                true,
                control < 0 ? at : control,
                end);
    }

    /** Header, the palette of all frames, then the frame's control block, if it has one, and the frame. */
    @Override
    public byte[] still(Frame frame) throws PictureException {
        int header = (int) header(bytes);
        long control = bytes.u8(frame.start()) == FRAME ? frame.start() : afterBlocks(bytes, frame.start() + 2);
        // Between the two there may be other extensions, which are nobody's concern.
        long at = control;
        while (bytes.u8(at) != FRAME) {
            at = afterBlocks(bytes, at + 2);
        }
        int controlLength = (int) (control - frame.start());
        int length = (int) (frame.end() - at);
        byte[] still = Arrays.copyOf(bytes.array(), header + controlLength + length + 1);
        System.arraycopy(bytes.array(), (int) frame.start(), still, header, controlLength);
        System.arraycopy(bytes.array(), (int) at, still, header + controlLength, length);
        still[still.length - 1] = END;
        return still;
    }

    private static long header(Bytes bytes) throws PictureException {
        return 13L + palette(bytes.u8(10));
    }

    private static int palette(int flags) {
        return GifContainer.paletteLength(flags);
    }

    private static long afterBlocks(Bytes bytes, long at) throws PictureException {
        return new GifContainer(bytes).skipBlocks(at);
    }
}
