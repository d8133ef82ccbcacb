package io.grevy.image;

import java.util.List;

/**
 * The decoded frames of a video, all of one size, in the order of time.
 *
 * @param frames at least one
 * @param framesPerSecond how many of these frames a second has; 0 where nothing tells
 */
public record Video(List<Picture> frames, double framesPerSecond) {

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException where there is no frame, or one of another size
     */
    public Video {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || !(framesPerSecond >= 0) || Double.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException(
                    "A video cannot have " + frames.size() + " frames, " + framesPerSecond + " a second");
        }
        for (Picture frame : frames) {
            if (!frame.sameSizeAs(frames.get(0))) {
                throw new IllegalArgumentException("A video cannot have frames of several sizes");
            }
        }
    }

    /** Bytes of all frames together. */
    public long bytes() {
        return (long) frames.size() * frames.get(0).rgb().length;
    }
}
