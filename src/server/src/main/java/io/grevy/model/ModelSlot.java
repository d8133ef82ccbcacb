package io.grevy.model;

import io.grevy.inference.EngineCondition;
import io.grevy.repository.ModelDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One load of a model through its life: prepared, loaded, serving, unloaded. Loading and unloading are for one thread;
 * the rest is thread-safe. State, error and model change together: they are one volatile reference.
 */
final class ModelSlot {

    private static final System.Logger LOG = System.getLogger(ModelSlot.class.getName());

    private final String name;
    private final ModelPreparation preparation;
    private volatile Life life = Life.in(ModelState.START);

    private final AtomicBoolean unloading = new AtomicBoolean();
    private @Nullable Thread preparing; // guarded by this
    private boolean cancelled; // guarded by this

    ModelSlot(String name, ModelPreparation preparation) {
        this.name = name;
        this.preparation = preparation;
    }

    ModelState state() {
        return life.state;
    }

    /** Its beans, while it is AVAILABLE. */
    Optional<LoadedModel> available() {
        Life now = life;
        return now.state == ModelState.AVAILABLE ? Optional.ofNullable(now.model) : Optional.empty();
    }

    /** Why it did not load, where it did not. */
    Optional<String> error() {
        return Optional.ofNullable(life.error);
    }

    ModelStatus status() {
        Life now = life;
        Optional<LoadedModel> model = Optional.ofNullable(now.model);
        return new ModelStatus(
                name,
                String.valueOf(now.version),
                now.state,
                Optional.ofNullable(now.detail),
                Optional.ofNullable(now.error),
                model.map(LoadedModel::condition).orElse(EngineCondition.WELL),
                model.map(LoadedModel::availableSince),
                false);
    }

    /** The same for a request. */
    LoadedModel require() throws ModelUnavailableException {
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
            life = life.failed(message);
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

    /**
     * Lets what runs complete, within {@code drain}, and destroys the model's beans; once, whoever calls.
     *
     * @param withWaiting whether those who wait for their turn are to complete too
     */
    void unload(Duration drain, boolean withWaiting) {
        Life now = life;
        if (now.model != null && now.instance != null && unloading.compareAndSet(false, true)) {
            life = now.unloading();
            drain(now.model, drain, withWaiting);
            now.model.end();
            now.instance.destroyAll();
            life = now.ended(null);
            LOG.log(System.Logger.Level.INFO, "Model {0} is unloaded", name);
        }
    }

    /** Closes it to requests for good if none came for so long; to be unloaded then. */
    boolean closeIfUnused(Duration patience) {
        return available().map(model -> model.closeIfUnused(patience)).orElse(false);
    }

    /** Destroys the beans of a model that was closed. */
    void rest(String detail) {
        unload(Duration.ZERO, false);
        life = life.ended(detail);
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
        life = Life.of(instance.definition().version(), ModelState.LOADING);
        try {
            life = Life.available(instance, create.apply(instance));
        } catch (RuntimeException | Error e) {
            instance.destroyAll();
            throw e;
        }
    }

    private void drain(LoadedModel model, Duration drain, boolean withWaiting) {
        try {
            model.refuseNew();
            if (!(withWaiting ? model.awaitEmpty(drain) : model.drain(drain))) {
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
            int version,
            ModelState state,
            @Nullable String detail,
            @Nullable String error,
            @Nullable ModelInstance instance,
            @Nullable LoadedModel model) {

        static Life in(ModelState state) {
            return of(1, state);
        }

        static Life of(int version, ModelState state) {
            return new Life(version, state, null, null, null, null);
        }

        static Life loading(String progress) {
            return new Life(1, ModelState.LOADING, progress, null, null, null);
        }

        static Life available(ModelInstance instance, LoadedModel model) {
            return new Life(instance.definition().version(), ModelState.AVAILABLE, null, null, instance, model);
        }

        Life failed(String error) {
            return new Life(version, ModelState.LOADING, null, error, null, null);
        }

        Life unloading() {
            return new Life(version, ModelState.UNLOADING, null, null, instance, model);
        }

        Life ended(@Nullable String detail) {
            return new Life(version, ModelState.END, detail, null, null, null);
        }
    }
}
