package io.grevy.engine;

import io.grevy.openvino.Rgb;
import io.grevy.openvino.RgbVideo;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as the engine takes it.
 *
 * @param text after the chat template, with a tag for each picture and each video
 * @param pictures in the order of their tags
 * @param videos in the order of their tags
 * @param tokens the tokens of {@code text}, for models without pictures, which take them instead of the text
 * @param keys what the pictures are known by
 */
record ComposedPrompt(
        String text, List<Rgb> pictures, List<RgbVideo> videos, Optional<long[]> tokens, PictureKeys keys) {

    ComposedPrompt(String text, List<Rgb> pictures, List<RgbVideo> videos, Optional<long[]> tokens) {
        this(text, pictures, videos, tokens, new PictureKeys(pictures));
    }

    /** Of text alone. */
    ComposedPrompt(String text, Optional<long[]> tokens) {
        this(text, List.of(), List.of(), tokens);
    }

    /** Whether there is something to be encoded. */
    boolean visual() {
        return !pictures.isEmpty() || !videos.isEmpty();
    }
}
