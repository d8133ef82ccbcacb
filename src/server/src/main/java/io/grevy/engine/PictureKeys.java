package io.grevy.engine;

import io.grevy.openvino.Rgb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt's pictures are known by: worked out when first asked for, since that takes as long as reading them does.
 * Thread-safe.
 */
final class PictureKeys {

    private final List<Rgb> pictures;
    private @Nullable List<PictureKey> keys;

    PictureKeys(List<Rgb> pictures) {
        this.pictures = pictures;
    }

    synchronized List<PictureKey> get() {
        if (keys == null) {
            keys = pictures.stream().map(PictureKey::of).toList();
        }
        return keys;
    }
}
