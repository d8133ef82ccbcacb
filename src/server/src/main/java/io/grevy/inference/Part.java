package io.grevy.inference;

import io.grevy.image.Picture;

/** A piece of a {@link Message}, in the order in which the client gave it. */
public sealed interface Part {

    /** Plain text. It never holds picture tags or special tokens of the model: the engine refuses such text. */
    record Text(String text) implements Part {}

    /** A decoded picture. */
    record Image(Picture picture) implements Part {}
}
