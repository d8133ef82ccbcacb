package io.grevy.openai;

import io.grevy.component.Component;
import io.grevy.model.ConfigReload;
import io.grevy.repository.RepositoryException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has the configuration read anew, for one request after the other, on a thread that is not the server's: models may
 * load for minutes. Thread-safe.
 */
@Component
class ConfigReloads {

    private static final int MOST_WAITING = 16;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ConfigReload configuration;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), ConfigReloads::newThread);

    @Inject
    ConfigReloads(ConfigReload configuration) {
        this.configuration = configuration;
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns at once; one of the two is called later, by another thread.
     *
     * @param done gets whether anything had to be done
     * @throws ApiException OVERLOADED if as many requests wait for this as may
     */
    void submit(Consumer<Boolean> done, Consumer<ApiException> failed) {
        try {
            thread.execute(() -> {
                try {
                    done.accept(configuration.reload());
                } catch (RepositoryException e) {
                    failed.accept(new ApiException(
                            ErrorCode.CONFIGURATION_INVALID, "Nothing is changed: " + e.getMessage(), e));
                } catch (InterruptedException e) {
                    failed.accept(ModelLookup.unavailable("The server is stopping."));
                } catch (RuntimeException | Error e) {
                    failed.accept(new ApiException(ErrorCode.INTERNAL_ERROR, "The server failed.", e));
                }
            });
        } catch (RejectedExecutionException e) {
            throw ApiException.retryAfter(
                    PAUSE, ErrorCode.OVERLOADED, "As many requests wait for a reload as may; try again later.");
        }
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "grevy-config-reload");
        thread.setDaemon(true);
        thread.setContextClassLoader(ConfigReloads.class.getClassLoader());
        return thread;
    }

    void close(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(50) Shutdown event) {
        thread.shutdownNow();
    }
}
