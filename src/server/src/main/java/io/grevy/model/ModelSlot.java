package io.grevy.model;

import io.grevy.inference.EngineCondition;
import io.grevy.repository.ModelDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured model through its life: prepared, loaded, serving, unloaded. Loading and unloading are for one thread;
 * the rest is thread-safe. State, error and model change together: they are one volatile reference.
 */
final class ModelSlot {

    private static final System.Logger LOG = System.getLogger(ModelSlot.class.getName());

    private final String name;
    private final ModelPreparation preparation;
    private volatile Life life = Life.in(ModelState.START);

    private @Nullable Thread preparing; // guarded by this
    private boolean cancelled; // guarded by this

    ModelSlot(String name, ModelPreparation preparation) {
        this.name = name;
        this.preparation = preparation;
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
                Optional.ofNullable(now.detail),
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

    /** Prepares it and makes its beans. A failure is kept for the status. */
    void load(Function<ModelInstance, LoadedModel> create) {
        life = Life.in(ModelState.LOADING);
        long start = System.nanoTime();
        try {
            create(new ModelInstance(prepare()), create);
            LOG.log(System.Logger.Level.INFO, "Model {0} is AVAILABLE after {1} ms", name, millisSince(start));
        } catch (InterruptedException e) {
            life = Life.in(ModelState.END);
        } catch (RuntimeException | Error e) {
            String message = LoadErrors.message(e);
            life = Life.failed(message);
            LOG.log(System.Logger.Level.ERROR, "Model " + name + " failed to load: " + message, e);
        }
    }

    /** Has its preparation given up, the present one or one to come. What loads after that is loaded to its end. */
    synchronized void cancel() {
        cancelled = true;
        if (preparing != null) {
            preparing.interrupt();
        }
    }

    /** Lets what runs complete, within {@code drain}, and destroys the model's beans. */
    void unload(Duration drain) {
        Life now = life;
        if (now.model != null && now.instance != null) {
            life = now.unloading();
            drain(now.model, drain);
            now.model.end();
            now.instance.destroyAll();
        }
        life = Life.in(ModelState.END);
    }

    private ModelDefinition prepare() throws InterruptedException {
        synchronized (this) {
            if (cancelled) {
                throw new InterruptedException("not wanted any more");
            }
            preparing = Thread.currentThread();
        }
        try {
            return preparation.prepare(progress -> life = Life.loading(progress));
        } finally {
            synchronized (this) {
                preparing = null;
                // One that came too late must not end the loading itself, which could not give up in order.
                Thread.interrupted();
            }
        }
    }

    private void create(ModelInstance instance, Function<ModelInstance, LoadedModel> create) {
        life = Life.in(ModelState.LOADING);
        try {
            life = Life.available(instance, create.apply(instance));
        } catch (RuntimeException | Error e) {
            instance.destroyAll();
            throw e;
        }
    }

    private void drain(LoadedModel model, Duration drain) {
        try {
            if (!model.drain(drain)) {
                LOG.log(System.Logger.Level.WARNING, "Model {0}: requests still run after {1}", name, drain);
                model.end();
                model.drain(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private record Life(
            ModelState state,
            @Nullable String detail,
            @Nullable String error,
            @Nullable ModelInstance instance,
            @Nullable LoadedModel model) {

        static Life in(ModelState state) {
            return new Life(state, null, null, null, null);
        }

        static Life loading(String progress) {
            return new Life(ModelState.LOADING, progress, null, null, null);
        }

        static Life failed(String error) {
            return new Life(ModelState.LOADING, null, error, null, null);
        }

        static Life available(ModelInstance instance, LoadedModel model) {
            return new Life(ModelState.AVAILABLE, null, null, instance, model);
        }

        Life unloading() {
            return new Life(ModelState.UNLOADING, null, null, instance, model);
        }
    }
}
