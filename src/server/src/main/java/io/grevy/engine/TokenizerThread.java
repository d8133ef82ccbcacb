package io.grevy.engine;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.RefusedRequestException;
import io.grevy.model.ModelComponent;
import io.grevy.repository.ModelDefinition;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one thread of a model on which its tokenizer runs, and which outlives its pipeline.
 *
 * <p>The tokenizer is an OpenVINO model, and a thread that runs one keeps a part of its executor until the thread ends.
 * If the pipeline is freed at that very moment, both free the same and the process dies; Java cannot tell when a thread
 * has really ended, so request threads, which come and go, never call the tokenizer. Thread-safe.
 */
@ModelComponent
final class TokenizerThread {

    private final ExecutorService thread;

    @Inject
    TokenizerThread(ModelDefinition model) {
        this(model.name());
    }

    TokenizerThread(String model) {
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "grevy-tokenizer-" + model);
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Runs a task and waits for its result; what it throws comes out as it is.
     *
     * @throws IllegalStateException if the thread has ended, as the tokenizer says when its pipeline has
     */
    <T> T call(Callable<T> task) throws Exception {
        try {
            return thread.submit(task).get();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the tokenizer's thread has ended", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Runs a part of a request and waits for its result.
     *
     * @throws EngineUnavailableException if the thread, or the tokenizer's pipeline, has ended
     */
    <T> T serve(Request<T> request) throws RefusedRequestException, EngineUnavailableException {
        try {
            return call(request::run);
        } catch (IllegalStateException e) {
            throw new EngineUnavailableException("The model is being unloaded.", e);
        } catch (RefusedRequestException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("The server is stopping.", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a request wants of the tokenizer. */
    interface Request<T> {
        T run() throws RefusedRequestException;
    }

    /** Decodes on the thread, for callers of their own. */
    String decode(IncrementalDetokenizer.Decoder decoder, long[] tokens) {
        try {
            return call(() -> decoder.decode(tokens));
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while decoding", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void end() {
        thread.shutdown();
    }
}
