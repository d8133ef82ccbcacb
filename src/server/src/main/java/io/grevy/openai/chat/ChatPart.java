package io.grevy.openai.chat;

/** A piece of a {@link ChatMessage}. */
sealed interface ChatPart {

    record Text(String text) implements ChatPart {}

    /**
     * A picture to be loaded.
     *
     * @param path where in the request the URL stands
     */
    record ImageUrl(String url, String path) implements ChatPart {}
}
