package io.grevy.model;

import io.grevy.component.Settings;
import io.grevy.repository.ModelEntry;
import io.grevy.repository.ModelSource;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** The models that the settings name, each {@code grevy.} and a flag's name: {@code grevy.model_path}, say. */
record ConfiguredModels(List<ModelSlot> slots) {

    ConfiguredModels {
        slots = List.copyOf(slots);
    }

    /** @throws RepositoryException if a config.json, or one of the settings, is wrong as a whole */
    static ConfiguredModels of(Config config) {
        Settings settings = new Settings(config);
        Function<String, Optional<String>> setting = key -> settings.text("grevy." + key);
        ServingOptions options = ServingOptions.read(setting);
        return ModelSource.read(setting, Path.of(""))
                .map(source -> new ConfiguredModels(source.entries(options).entries().stream()
                        .map(ConfiguredModels::slot)
                        .toList()))
                .orElseGet(() -> new ConfiguredModels(List.of()));
    }

    private static ModelSlot slot(ModelEntry entry) {
        if (entry instanceof ModelEntry.Found found) {
            return ModelSlot.of(found.definition());
        }
        ModelEntry.Rejected rejected = (ModelEntry.Rejected) entry;
        return ModelSlot.rejected(
                rejected.name(), String.valueOf(rejected.reason().getMessage()));
    }
}
