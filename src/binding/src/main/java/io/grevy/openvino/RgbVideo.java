package io.grevy.openvino;

import java.util.List;

/**
 * A video: pictures of one size, in the order of time. The model sees all of them.
 *
 * @param frames at least one
 * @param framesPerSecond how many of these frames a second has, for models that are told the time of each; 0 for
 *     unknown, which the engine takes for 24
 */
public record RgbVideo(List<Rgb> frames, float framesPerSecond) {
    public RgbVideo {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a video without frames");
        }
        for (Rgb frame : frames) {
            if (frame.width() != frames.get(0).width()
                    || frame.height() != frames.get(0).height()) {
                throw new IllegalArgumentException("a video of frames of several sizes");
            }
        }
        if (!(framesPerSecond >= 0) || Float.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException("a video of " + framesPerSecond + " frames a second");
        }
    }
}
