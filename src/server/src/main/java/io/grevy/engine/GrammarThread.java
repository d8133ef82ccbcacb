package io.grevy.engine;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Structure;
import io.grevy.openvino.EngineException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread of a model on which structures are compiled, so that neither its loop nor its tokenizer waits for it.
 * It lives while there is something to compile. Thread-safe.
 */
final class GrammarThread {

    /** What takes longer is more than a server should do for one request; compiling can't be ended, only left. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ThreadPoolExecutor thread;

    GrammarThread(String model) {
        thread = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = new Thread(task, "grevy-grammar-" + model);
            created.setDaemon(true);
            return created;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** @param compile throws what the engine has against the structure */
    void compile(Structure structure, Runnable compile) throws RefusedRequestException, EngineUnavailableException {
        try {
            Future<?> task = thread.submit(compile);
            try {
                task.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                task.cancel(false);
            }
        } catch (TimeoutException e) {
            throw refused(structure, "takes more than " + LONGEST.toSeconds() + " seconds to compile");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException refused) {
                throw refused(structure, "can't be compiled: " + EngineMessages.lastLine(refused));
            }
            throw new EngineUnavailableException("The model is being unloaded.", e.getCause());
        } catch (RejectedExecutionException e) {
            throw new EngineUnavailableException("The model is being unloaded.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("The server is stopping.", e);
        }
    }

    void end() {
        thread.shutdownNow();
    }

    private static RefusedRequestException refused(Structure structure, String what) {
        return new RefusedRequestException(
                Reason.INVALID_VALUE, structure.field(), structure.field() + " " + what + ".");
    }
}
