package io.grevy.openai.chat;

/** A piece of a {@link ChatMessage}. */
public sealed interface ChatPart {

    record Text(String text) implements ChatPart {}

    /**
     * A picture to be loaded.
     *
     * @param low whether it is scaled down to fit {@link #LOW_SIDE} pixels square; else it stays as it is
     * @param path where in the request the URL stands
     */
    record ImageUrl(String url, boolean low, String path) implements ChatPart {}

    /** The longer side of a picture of low detail. */
    int LOW_SIDE = 512;
}
