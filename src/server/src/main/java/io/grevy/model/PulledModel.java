package io.grevy.model;

import io.grevy.hub.HubException;
import io.grevy.hub.HubSettings;
import io.grevy.hub.ModelHub;
import io.grevy.hub.PullProgress;
import io.grevy.hub.PullRequest;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelLocation;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model of a hub: what is missing of it is pulled, then its folder is described. What is there already is pulled anew
 * once, if at all. For one thread, the one that loads.
 */
final class PulledModel implements ModelPreparation {

    private final PullRequest request;
    private final ModelLocation location;
    private final ServingOptions options;
    private final Map<String, String> environment;
    private boolean pulled;

    /** @param environment what the hub's settings are read from */
    PulledModel(PullRequest request, ModelLocation location, ServingOptions options, Map<String, String> environment) {
        this.request = request;
        this.location = location;
        this.options = options;
        this.environment = environment;
    }

    @Override
    public ModelDefinition prepare(Consumer<String> progress) throws InterruptedException {
        try {
            ModelHub hub = new ModelHub(HubSettings.of(environment, Path.of(System.getProperty("user.home"))));
            hub.pull(pulled ? request.keeping() : request, new PullProgress(status -> progress.accept(status.text())));
            pulled = true;
        } catch (HubException e) {
            throw new RepositoryException(String.valueOf(e.getMessage()), e);
        }
        return ModelRepository.describe(location, options);
    }
}
