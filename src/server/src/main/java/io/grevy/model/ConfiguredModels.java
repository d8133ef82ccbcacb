package io.grevy.model;

import io.grevy.component.Settings;
import io.grevy.repository.ModelEntries;
import io.grevy.repository.ModelEntry;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * The models that the configuration names: one by {@code grevy.model_name} and {@code grevy.model_path}, or several by
 * {@code grevy.config_path}.
 */
record ConfiguredModels(List<ModelSlot> slots) {

    ConfiguredModels {
        slots = List.copyOf(slots);
    }

    /** @throws RepositoryException if the configuration file, or one of the options, is wrong as a whole */
    static ConfiguredModels of(Config config) {
        Settings settings = new Settings(config);
        ServingOptions options = ServingOptions.read(key -> settings.text("grevy." + key));
        return settings.text("grevy.config_path")
                .map(path -> several(ModelRepository.fromConfig(Path.of(path), options)))
                .or(() -> settings.text("grevy.model_path")
                        .map(path -> one(settings.text("grevy.model_name").orElse(lastPart(path)), path, options)))
                .orElseGet(() -> new ConfiguredModels(List.of()));
    }

    private static ConfiguredModels several(ModelEntries models) {
        return new ConfiguredModels(
                models.entries().stream().map(ConfiguredModels::slot).toList());
    }

    private static ConfiguredModels one(String name, String path, ServingOptions options) {
        try {
            return new ConfiguredModels(
                    List.of(ModelSlot.of(ModelRepository.single(name, Path.of(path), options))));
        } catch (RepositoryException e) {
            return new ConfiguredModels(List.of(ModelSlot.rejected(name, String.valueOf(e.getMessage()))));
        }
    }

    private static ModelSlot slot(ModelEntry entry) {
        if (entry instanceof ModelEntry.Found found) {
            return ModelSlot.of(found.definition());
        }
        ModelEntry.Rejected rejected = (ModelEntry.Rejected) entry;
        return ModelSlot.rejected(rejected.name(), String.valueOf(rejected.reason().getMessage()));
    }

    private static String lastPart(String path) {
        Path last = Path.of(path).getFileName();
        return last == null ? path : last.toString();
    }
}
