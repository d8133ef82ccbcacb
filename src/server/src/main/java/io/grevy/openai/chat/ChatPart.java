package io.grevy.openai.chat;

import java.util.List;

/** A piece of a {@link ChatMessage}. */
public sealed interface ChatPart {

    record Text(String text) implements ChatPart {}

    /**
     * A picture to be loaded.
     *
     * @param low whether it is scaled down to fit {@link #LOW_SIDE} pixels square; else it stays as it is
     * @param path where in the request the URL stands
     */
    record ImageUrl(String url, boolean low, String path) implements Visual {}

    /**
     * A video in a file, to be loaded.
     *
     * @param path where in the request the URL stands
     */
    record VideoUrl(String url, String path) implements Visual {}

    /**
     * A video whose frames are to be loaded as pictures.
     *
     * @param frames those of them that are taken, at least one
     * @param framesPerSecond how many of these a second has
     */
    record VideoFrames(List<Frame> frames, double framesPerSecond, String path) implements Visual {

        public VideoFrames {
            frames = List.copyOf(frames);
        }
    }

    /** @param path where in the request the URL stands */
    record Frame(String url, String path) {}

    /** What is to be loaded. */
    sealed interface Visual extends ChatPart {

        /** Where in the request it stands. */
        String path();
    }

    /** The longer side of a picture of low detail. */
    int LOW_SIDE = 512;
}
