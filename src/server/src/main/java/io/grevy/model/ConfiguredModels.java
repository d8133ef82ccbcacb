package io.grevy.model;

import io.grevy.component.Settings;
import io.grevy.hub.PullRequest;
import io.grevy.repository.ModelFingerprint;
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
record ConfiguredModels(Optional<ModelSource> source, Optional<PullRequest> pull, ServingOptions options) {

    /** @throws RepositoryException if one of the settings is wrong */
    static ConfiguredModels of(Config config) {
        Settings settings = new Settings(config);
        Function<String, Optional<String>> setting = key -> settings.text("grevy." + key);
        return new ConfiguredModels(
                ModelSource.read(setting, Path.of("")),
                PullRequest.read(setting, Path.of("")),
                ServingOptions.read(setting));
    }

    /**
     * Reads which models there are to be now.
     *
     * @throws RepositoryException if a config.json is wrong as a whole
     */
    List<ConfiguredModel> read() {
        return source.map(ModelSource::models).orElse(List.of()).stream()
                .map(this::configured)
                .toList();
    }

    /** One that is pulled is the only one, and nobody but its preparation writes its files. */
    private ConfiguredModel configured(ModelLocation model) {
        return pull.map(request -> new ConfiguredModel(
                        model, () -> "pulled", new PulledModel(request, model, options, System.getenv())))
                .orElseGet(() -> new ConfiguredModel(
                        model, () -> ModelFingerprint.of(model), progress -> ModelRepository.describe(model, options)));
    }
}
