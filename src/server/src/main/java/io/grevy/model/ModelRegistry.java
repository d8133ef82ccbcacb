package io.grevy.model;

import io.grevy.component.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of the configuration. They are loaded one after the other on a thread of their own, so that the
 * application starts at once and says LOADING meanwhile. Thread-safe: the map does not change.
 */
@Component
class ModelRegistry implements Models {

    private static final System.Logger LOG = System.getLogger(ModelRegistry.class.getName());

    private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
    private final Instance<LoadedModel> loadedModels;
    private final ModelSettings settings;
    private final Thread loader = new Thread(this::loadAll, "grevy-model-loader");

    private volatile boolean stopping;

    @Inject
    ModelRegistry(ConfiguredModels configured, Instance<LoadedModel> loadedModels, ModelSettings settings) {
        configured.slots().forEach(slot -> slots.put(slot.status().name(), slot));
        this.loadedModels = loadedModels;
        this.settings = settings;
    }

    @Override
    public ServedModel find(String name) throws UnknownModelException, ModelUnavailableException {
        ModelSlot slot = slots.get(name);
        if (slot == null) {
            throw new UnknownModelException("The model '%s' does not exist.".formatted(name));
        }
        return slot.available();
    }

    @Override
    public List<ModelStatus> statuses() {
        return slots.values().stream().map(ModelSlot::status).toList();
    }

    /** Whether every model's first attempt to load is over. */
    boolean attempted() {
        return slots.values().stream().allMatch(ModelSlot::attempted);
    }

    void start(@Observes Startup event) {
        LOG.log(System.Logger.Level.INFO, "Models to serve: {0}", slots.keySet());
        loader.setDaemon(true);
        loader.setContextClassLoader(ModelRegistry.class.getClassLoader());
        loader.start();
    }

    /** Drains all models side by side, so that the application stops within one model's patience. */
    void stop(@Observes @Priority(100) Shutdown event) {
        stopping = true;
        slots.values().forEach(ModelSlot::cancel);
        List<Thread> unloaders = slots.values().stream().map(this::unloader).toList();
        try {
            // A model that loads right now is loaded to its end: the engine cannot be told to give up.
            loader.join();
            unloaders.forEach(Thread::start);
            for (Thread unloader : unloaders) {
                unloader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread unloader(ModelSlot slot) {
        return new Thread(
                () -> slot.unload(settings.drain()),
                "grevy-model-unloader-" + slot.status().name());
    }

    private void loadAll() {
        for (ModelSlot slot : slots.values()) {
            if (!stopping) {
                slot.load(instance -> ModelContext.with(instance, loadedModels::get));
            }
        }
    }
}
