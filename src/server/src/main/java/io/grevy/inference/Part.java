package io.grevy.inference;

import io.grevy.image.Picture;
import java.util.List;

/** A piece of a {@link Message}, in the order in which the client gave it. */
public sealed interface Part {

    /** Plain text. It never holds picture tags or special tokens of the model: the engine refuses such text. */
    record Text(String text) implements Part {}

    /** A decoded picture. */
    record Image(Picture picture) implements Part {}

    /**
     * A decoded video.
     *
     * @param frames at least one, all of one size, in the order of time
     * @param framesPerSecond how many of these a second has; 0 for unknown
     */
    record Video(List<Picture> frames, double framesPerSecond) implements Part {

        public Video {
            frames = List.copyOf(frames);
        }
    }
}
