package io.grevy.model;

import io.grevy.inference.EngineCondition;
import io.grevy.repository.ModelDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured model through its life. Loading and unloading are for one thread; the rest is thread-safe. State,
 * error and model change together: they are one volatile reference.
 */
final class ModelSlot {

    private static final System.Logger LOG = System.getLogger(ModelSlot.class.getName());

    private final String name;
    private final @Nullable ModelInstance instance;
    private volatile Life life;

    private ModelSlot(String name, @Nullable ModelInstance instance, Life life) {
        this.name = name;
        this.instance = instance;
        this.life = life;
    }

    static ModelSlot of(ModelDefinition definition) {
        return new ModelSlot(definition.name(), new ModelInstance(definition), Life.in(ModelState.START));
    }

    /** A model that the repository could not describe. */
    static ModelSlot rejected(String name, String error) {
        return new ModelSlot(name, null, Life.failed(error));
    }

    /** @throws IllegalStateException for a model that the repository could not describe */
    ModelDefinition definition() {
        if (instance == null) {
            throw new IllegalStateException(name + " has no definition");
        }
        return instance.definition();
    }

    /** Whether the first attempt to load it is over. */
    boolean attempted() {
        return life.state != ModelState.START && (life.state != ModelState.LOADING || life.error != null);
    }

    ModelState state() {
        return life.state;
    }

    EngineCondition condition() {
        LoadedModel model = life.model;
        return model == null ? EngineCondition.WELL : model.condition();
    }

    ModelStatus status() {
        Life now = life;
        return new ModelStatus(
                name,
                "1",
                now.state,
                Optional.ofNullable(now.error),
                condition(),
                Optional.ofNullable(now.model).map(LoadedModel::availableSince));
    }

    LoadedModel available() throws ModelUnavailableException {
        Life now = life;
        if (now.state == ModelState.AVAILABLE && now.model != null) {
            return now.model;
        }
        throw new ModelUnavailableException(
                now.error == null
                        ? "The model '%s' is %s.".formatted(name, now.state)
                        : "The model '%s' failed to load: %s".formatted(name, now.error));
    }

    /** Makes the model's beans. A failure is kept for the status. */
    void load(Function<ModelInstance, LoadedModel> create) {
        if (instance == null) {
            return;
        }
        life = Life.in(ModelState.LOADING);
        long start = System.nanoTime();
        try {
            LoadedModel model = create.apply(instance);
            life = new Life(ModelState.AVAILABLE, null, model);
            LOG.log(System.Logger.Level.INFO, "Model {0} is AVAILABLE after {1} ms", name, millisSince(start));
        } catch (RuntimeException | Error e) {
            instance.destroyAll();
            String message = LoadErrors.message(e);
            life = Life.failed(message);
            LOG.log(System.Logger.Level.ERROR, "Model " + name + " failed to load: " + message, e);
        }
    }

    /** Lets what runs complete, within {@code drain}, and destroys the model's beans. */
    void unload(Duration drain) {
        LoadedModel model = life.model;
        if (model != null && instance != null) {
            life = new Life(ModelState.UNLOADING, null, model);
            try {
                if (!model.drain(drain)) {
                    LOG.log(System.Logger.Level.WARNING, "Model {0}: requests still run after {1}", name, drain);
                    model.end();
                    model.drain(Duration.ofSeconds(5));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            model.end();
            instance.destroyAll();
        }
        life = Life.in(ModelState.END);
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private record Life(
            ModelState state,
            @Nullable String error,
            @Nullable LoadedModel model) {

        static Life in(ModelState state) {
            return new Life(state, null, null);
        }

        static Life failed(String error) {
            return new Life(ModelState.LOADING, error, null);
        }
    }
}
