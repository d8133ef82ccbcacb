package io.grevy.model;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which models are loaded, one after the other, and unloaded, side by side: an unloading model waits for
 * its requests. Thread-safe.
 */
final class ModelThreads {

    private static final System.Logger LOG = System.getLogger(ModelThreads.class.getName());
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final ExecutorService loader =
            Executors.newSingleThreadExecutor(task -> thread(task, "grevy-model-loader"));
    private final Set<Thread> unloaders = ConcurrentHashMap.newKeySet();

    /** Runs something on the loader's thread, after all that was asked for before; nothing once this is stopped. */
    void load(Runnable task) {
        try {
            loader.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.ERROR, "Loading failed unexpectedly", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "Not loaded, the server stops", e);
        }
    }

    /** Waits until all is done that was asked of the loader's thread so far. */
    void awaitLoads() throws InterruptedException {
        try {
            Future<?> reached = loader.submit(() -> {});
            reached.get();
        } catch (RejectedExecutionException e) {
            loader.awaitTermination(FOREVER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs something on a thread of its own. */
    void unload(String model, Runnable task) {
        Thread unloader = thread(task, "grevy-model-unloader-" + model);
        unloaders.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        unloaders.add(unloader);
        unloader.start();
    }

    /** Takes no more loads and waits for the one that runs: the engine cannot be told to give up. */
    void stopLoading() throws InterruptedException {
        loader.shutdown();
        loader.awaitTermination(FOREVER.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until all is unloaded that was asked for. */
    void awaitUnloads() throws InterruptedException {
        for (Thread unloader : unloaders) {
            unloader.join();
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(ModelThreads.class.getClassLoader());
        return thread;
    }
}
