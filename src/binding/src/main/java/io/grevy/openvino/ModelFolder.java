package io.grevy.openvino;

import java.nio.file.Files;
import java.nio.file.Path;

/** A model on disk, as the engine tells the kinds apart. */
final class ModelFolder {
    private ModelFolder() {}

    /** Whether the engine embeds the prompt outside of the language model, and so takes pictures. */
    static boolean takesPictures(Path model) {
        return Files.exists(model.resolve("openvino_text_embeddings_model.xml"));
    }
}
