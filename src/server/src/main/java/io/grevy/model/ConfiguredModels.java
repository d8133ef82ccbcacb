package io.grevy.model;

import io.grevy.component.Settings;
import io.grevy.hub.PullRequest;
import io.grevy.repository.ModelLocation;
import io.grevy.repository.ModelRepository;
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
        List<ModelLocation> models =
                ModelSource.read(setting, Path.of("")).map(ModelSource::models).orElse(List.of());
        Optional<PullRequest> pull = PullRequest.read(setting, Path.of(""));
        return new ConfiguredModels(models.stream()
                .map(model -> new ModelSlot(model.name(), preparation(model, pull, options)))
                .toList());
    }

    /** What is to be done for a model before it is loaded; one that is pulled is the only one. */
    private static ModelPreparation preparation(
            ModelLocation model, Optional<PullRequest> pull, ServingOptions options) {
        return pull.<ModelPreparation>map(request -> new PulledModel(request, model, options, System.getenv()))
                .orElse(progress -> ModelRepository.describe(model, options));
    }
}
