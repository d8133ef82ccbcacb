package io.grevy.image;

import io.grevy.image.Animation.Disposal;
import io.grevy.image.Animation.Frame;
import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From a file's bytes to a video: GIF and WebP with several frames, and any picture as a video of one. Thread-safe.
 *
 * <p>As with pictures, all sizes and counts are checked before a pixel is decoded. Each frame is then decoded as a file
 * of its own, under all the checks that pictures have.
 */
final class AnimationDecoder {

    /** How many times the pixels that a picture may have all frames of a file may have, those left out included. */
    private static final int MOST_WORK = 16;

    private final Decoder decoder;
    private final long maxPixels;

    AnimationDecoder(Decoder decoder, long maxPixels) {
        this.decoder = decoder;
        this.maxPixels = maxPixels;
    }

    /**
     * Decodes a video.
     *
     * @param most how many frames are taken of it, evenly spread
     * @throws PictureException for everything that can be wrong with it, videos of other formats included
     */
    Video decode(byte[] file, int most) throws PictureException {
        Format format = VideoFormat.of(file);
        Bytes bytes = new Bytes(file, format);
        if (format == Format.GIF) {
            return decode(GifAnimation.of(bytes), most);
        } else if (format == Format.WEBP && new WebpContainer(bytes).animated()) {
            return decode(WebpAnimation.of(bytes), most);
        }
        return new Video(List.of(decoder.decode(file)), 0);
    }

    private Video decode(Animation animation, int most) throws PictureException {
        List<Frame> frames = animation.frames();
        if (frames.isEmpty()) {
            throw animation.bytes().corrupt("it has no frame");
        }
        int[] taken = FrameSampling.of(frames.size(), most);
        checkPixels(animation, taken.length);
        double seconds = frames.stream().mapToLong(Frame::millis).sum() / 1000.0;
        return new Video(paint(animation, taken), FrameSampling.rate(frames.size(), taken.length, seconds));
    }

    private void checkPixels(Animation animation, int taken) throws PictureException {
        long canvas = (long) animation.width() * animation.height();
        long painted = animation.frames().stream().mapToLong(Frame::pixels).sum();
        String size = animation.width() + "x" + animation.height();
        Format format = animation.bytes().format();
        if (canvas > maxPixels / taken) {
            throw new PictureException(
                    Reason.TOO_MANY_PIXELS,
                    "The " + format + " animation's frames, " + taken + " of " + size
                            + " pixels, have together more than the limit of " + maxPixels + ".");
        } else if (painted > MOST_WORK * maxPixels) {
            throw new PictureException(
                    Reason.TOO_MANY_PIXELS,
                    "The " + format + " animation's " + animation.frames().size() + " frames have together more than "
                            + MOST_WORK * maxPixels + " pixels.");
        }
    }

    private List<Picture> paint(Animation animation, int[] taken) throws PictureException {
        Canvas canvas = new Canvas(animation.width(), animation.height());
        List<Picture> pictures = new ArrayList<>(taken.length);
        for (int i = 0; pictures.size() < taken.length; i++) {
            Frame frame = animation.frames().get(i);
            byte[] under = frame.disposal() == Disposal.RESTORE ? canvas.under(frame) : new byte[0];
            paint(animation, frame, canvas);
            if (i == taken[pictures.size()]) {
                pictures.add(canvas.snapshot());
            }
            switch (frame.disposal()) {
                case CLEAR -> canvas.clear(frame);
                case RESTORE -> canvas.restore(frame, under);
                case KEEP -> {}
            }
        }
        return pictures;
    }

    private void paint(Animation animation, Frame frame, Canvas canvas) throws PictureException {
        decoder.read(animation.still(frame), Long.MAX_VALUE, (image, outline, orientation) -> {
            if (image.getWidth() != frame.width() || image.getHeight() != frame.height()) {
                throw new IOException("The frame is of another size than announced");
            }
            canvas.paint(image, frame);
            return frame;
        });
    }
}
