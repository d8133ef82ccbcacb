package io.grevy.model;

import io.grevy.repository.ModelLocation;
import java.util.function.Supplier;

/**
 * A model that the configuration names.
 *
 * @param location where it says that the model lies; another location is another model of this name
 * @param files gives a text that changes with the model's files; constant where nobody is to watch them, as those that
 *     the preparation itself writes
 * @param preparation the first step of loading it
 */
record ConfiguredModel(ModelLocation location, Supplier<String> files, ModelPreparation preparation) {

    String name() {
        return location.name();
    }
}
