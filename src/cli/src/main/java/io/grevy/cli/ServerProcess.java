package io.grevy.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's process, which may be a script with the real one below it. Thread-safe: {@link #stop} is called by the
 * thread that handles a signal, and after it nothing starts any more.
 */
final class ServerProcess {
    private static final Duration LAST_WAIT = Duration.ofSeconds(20);

    private final ProcessBuilder builder;
    private final Object lock = new Object();
    private @Nullable Process process;
    private boolean stopping;

    ServerProcess(ProcessBuilder builder) {
        this.builder = builder;
    }

    /**
     * Starts it and waits until it ends.
     *
     * @return its exit code
     */
    int run() throws IOException, InterruptedException {
        Process started;
        synchronized (lock) {
            if (stopping) {
                return 0;
            }
            started = builder.start();
            process = started;
        }
        return started.waitFor();
    }

    /**
     * Asks it and all below it to end (SIGTERM, on which Liberty finishes its requests), and kills what is left.
     *
     * @return whether all had ended within the time
     */
    boolean stop(Duration patience) throws InterruptedException {
        Process running;
        synchronized (lock) {
            stopping = true;
            running = process;
        }
        if (running == null) {
            return true;
        }
        // Taken before anything ends: the children of a process that has ended are no longer found below it.
        List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        if (await(all, patience)) {
            return true;
        }
        all.forEach(ProcessHandle::destroyForcibly);
        await(all, LAST_WAIT);
        return false;
    }

    private static boolean await(List<ProcessHandle> all, Duration patience) throws InterruptedException {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
