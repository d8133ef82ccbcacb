package io.grevy.hub;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs downloads side by side. The first failure, or an interrupt, ends the others; all have ended on return. */
final class Downloads {
    private Downloads() {}

    static void run(List<? extends Callable<HubFile>> downloads, int parallel)
            throws HubException, InterruptedException {
        AtomicInteger count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, "grevy-pull-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<HubFile> results = new ExecutorCompletionService<>(threads);
            downloads.forEach(results::submit);
            for (int i = 0; i < downloads.size(); i++) {
                results.take().get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static HubException failure(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof HubException known) {
            return known;
        }
        if (cause instanceof InterruptedException) {
            throw new InterruptedException();
        }
        throw new IllegalStateException("a download failed", cause);
    }

    // Whoever pulls next must find no thread that still writes; an interrupt meanwhile is kept for later.
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
