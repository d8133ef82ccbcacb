package io.grevy.model;

import io.grevy.component.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks from time to time whether the configuration or a model's files have changed, and whether a model is unused. It
 * looks rather than listens: links that are switched (Kubernetes) and network file systems tell of no change.
 */
@Component
class ModelWatch {

    private static final System.Logger LOG = System.getLogger(ModelWatch.class.getName());
    private static final int AFTER_OTHERS = 4000;
    private static final Duration IDLE_PERIOD = Duration.ofSeconds(1);

    private final ModelRegistry registry;
    private final ModelSettings settings;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "grevy-model-watch");
        thread.setDaemon(true);
        thread.setContextClassLoader(ModelWatch.class.getClassLoader());
        return thread;
    });

    @Inject
    ModelWatch(ModelRegistry registry, ModelSettings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    /** After the registry has started. */
    void start(@Observes @Priority(AFTER_OTHERS) Startup event) {
        every(settings.poll(), registry::follow);
        if (!settings.idleUnload().isZero()) {
            every(IDLE_PERIOD, () -> registry.restUnused(settings.idleUnload()));
        }
    }

    void stop(@Observes @Priority(50) Shutdown event) {
        clock.shutdownNow();
    }

    private void every(Duration period, Runnable look) {
        if (!period.isZero()) {
            clock.scheduleWithFixedDelay(
                    () -> {
                        try {
                            look.run();
                        } catch (RuntimeException | Error e) {
                            // Else there would be no further look.
                            LOG.log(System.Logger.Level.ERROR, "A look at the models failed", e);
                        }
                    },
                    period.toNanos(),
                    period.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }
}
