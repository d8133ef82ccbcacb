package io.grevy.model;

import io.grevy.component.Component;
import io.grevy.inference.EngineCondition;
import io.grevy.repository.RepositoryException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The models of the configuration, which may change while they are served. They are loaded one after the other on a
 * thread of their own, so that the application starts at once and says LOADING meanwhile. Thread-safe: requests read a
 * map that is replaced as a whole; whoever replaces it holds this object's lock, under which files are read but no model
 * is loaded.
 */
@Component
class ModelRegistry implements Models, ConfigReload {

    private static final System.Logger LOG = System.getLogger(ModelRegistry.class.getName());

    private final Supplier<List<ConfiguredModel>> configuration;
    private final ModelLoading loading;
    private final ModelThreads threads = new ModelThreads();
    private final List<Succession> removed = new CopyOnWriteArrayList<>();

    private final AtomicBoolean restDue = new AtomicBoolean();

    private volatile Map<String, Succession> models = Map.of();
    private volatile Set<String> fromTheStart = Set.of();
    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean stopping;

    @Inject
    ModelRegistry(ConfiguredModels configured, Instance<LoadedModel> loadedModels, ModelSettings settings) {
        this(configured::read, instance -> ModelContext.with(instance, loadedModels::get), settings.drain());
    }

    /** @param create makes a model's beans */
    ModelRegistry(
            Supplier<List<ConfiguredModel>> configuration,
            Function<ModelInstance, LoadedModel> create,
            Duration drain) {
        this.configuration = configuration;
        this.loading = new ModelLoading(threads, create, drain);
    }

    @Override
    public ServedModel find(String name) throws UnknownModelException, ModelUnavailableException {
        Succession model = models.get(name);
        if (model == null) {
            throw new UnknownModelException("The model '%s' does not exist.".formatted(name));
        }
        return model.find();
    }

    @Override
    public List<ModelStatus> statuses() {
        return Stream.concat(models.values().stream(), removed.stream())
                .flatMap(model -> model.statuses().stream())
                .toList();
    }

    @Override
    public boolean ready() {
        List<ModelStatus> statuses = statuses();
        return !stopping
                && fromTheStart().allMatch(Succession::wasAvailable)
                && statuses.stream().anyMatch(ModelStatus::ready)
                && statuses.stream().allMatch(status -> status.condition() == EngineCondition.WELL);
    }

    /** Whether each model that was there from the start was loaded, or failed to. */
    boolean attempted() {
        return fromTheStart().allMatch(Succession::attempted);
    }

    /** Why the configuration as it is now could not be taken over, if that is so. */
    Optional<String> problem() {
        return problem;
    }

    void start(@Observes Startup event) {
        start();
    }

    /** @throws RepositoryException if the configuration is wrong as a whole */
    synchronized void start() {
        apply(true);
        fromTheStart = models.keySet();
        LOG.log(System.Logger.Level.INFO, "Models to serve: {0}", models.keySet());
    }

    /** Takes over what has changed; a configuration that is wrong as a whole changes nothing. Returns soon. */
    synchronized void follow() {
        if (!stopping) {
            try {
                apply(false);
            } catch (RepositoryException e) {
                LOG.log(System.Logger.Level.DEBUG, "Nothing is changed", e);
            }
        }
    }

    @Override
    public boolean reload() throws InterruptedException {
        awaitLoads(); // what loads just now would not be looked at
        boolean changed = applyNow();
        awaitLoads();
        return changed;
    }

    /** Waits until what is to be loaded by now is, or has failed to. */
    void awaitLoads() throws InterruptedException {
        threads.awaitLoads();
    }

    /** Has models unloaded that had no request for so long. Returns soon. */
    void restUnused(Duration patience) {
        if (!restDue.getAndSet(true)) {
            threads.load(() -> {
                restDue.set(false);
                models.values().forEach(model -> model.restIfUnused(patience));
            });
        }
    }

    void stop(@Observes @Priority(100) Shutdown event) {
        stop();
    }

    /** Drains all models side by side, so that the application stops within one model's patience. */
    void stop() {
        removeAll();
        try {
            threads.stopLoading();
            threads.awaitUnloads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void removeAll() {
        stopping = true;
        models.values().forEach(Succession::remove);
    }

    private synchronized boolean applyNow() {
        return !stopping && apply(true);
    }

    private boolean apply(boolean told) {
        List<ConfiguredModel> wanted = read();
        Map<String, Succession> before = models;
        Map<String, Succession> after = new LinkedHashMap<>();
        List<Succession> added = new ArrayList<>();
        boolean changed = false;
        for (ConfiguredModel model : wanted) {
            Succession known = before.get(model.name());
            if (known == null) {
                known = new Succession(model, loading);
                added.add(known);
            } else {
                changed |= known.follow(model, told);
            }
            after.put(model.name(), known);
        }
        List<Succession> gone = before.values().stream()
                .filter(model -> !after.containsKey(model.name()))
                .toList();
        take(after, gone);
        added.forEach(Succession::begin);
        return changed || !added.isEmpty() || !gone.isEmpty();
    }

    private void take(Map<String, Succession> after, List<Succession> gone) {
        removed.removeIf(Succession::gone);
        removed.addAll(gone);
        models = after;
        gone.forEach(model -> {
            LOG.log(System.Logger.Level.INFO, "Model {0} is not in the configuration any more", model.name());
            model.remove();
        });
    }

    private List<ConfiguredModel> read() {
        try {
            List<ConfiguredModel> wanted = configuration.get();
            problem = Optional.empty();
            return wanted;
        } catch (RepositoryException e) {
            Optional<String> found = Optional.ofNullable(e.getMessage());
            if (!found.equals(problem)) {
                problem = found;
                LOG.log(System.Logger.Level.ERROR, "The configuration stays as it was: {0}", e.getMessage());
            }
            throw e;
        }
    }

    /** Those that are still in the configuration. */
    private Stream<Succession> fromTheStart() {
        Map<String, Succession> now = models;
        return fromTheStart.stream().filter(now::containsKey).map(now::get);
    }
}
