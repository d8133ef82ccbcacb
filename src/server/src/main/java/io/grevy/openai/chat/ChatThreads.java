package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for each request that is held, up to a bound. The server's own threads never wait for a body, a model or a
 * client: if they did, its health checks would wait with them. Thread-safe.
 */
@Component
public class ChatThreads {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** The models have drained by then; this is for what never reached one. */
    private static final int DRAIN_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    @Inject
    ChatThreads(ChatSettings settings) {
        threads = new ThreadPoolExecutor(
                0,
                settings.maxRequests(),
                60,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new OwnThreads("grevy-request"));
    }

    /** @throws ApiException OVERLOADED if as many requests are held as may */
    void execute(Runnable request) {
        try {
            threads.execute(request);
        } catch (RejectedExecutionException e) {
            throw ApiException.retryAfter(
                    PAUSE, ErrorCode.OVERLOADED, "The server holds as many requests as it may; try again soon.");
        }
    }

    /** Where no request ever came, there is nothing to close, and no bean to make for that. */
    void close(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(200) Shutdown event) {
        close();
    }

    /** Lets those that run come to their end for a while, then interrupts them. */
    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
