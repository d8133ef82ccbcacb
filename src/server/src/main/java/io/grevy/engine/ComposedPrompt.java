package io.grevy.engine;

import io.grevy.openvino.Rgb;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as the engine takes it.
 *
 * @param text after the chat template, with a picture tag for each picture
 * @param pictures in the order of their tags
 * @param tokens the tokens of {@code text}, for models without pictures, which take them instead of the text
 */
record ComposedPrompt(String text, List<Rgb> pictures, Optional<long[]> tokens) {}
