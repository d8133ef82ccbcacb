package io.grevy.model;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RefusedRequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The place of a request that waits for its model to be loaded again; then the place at that model. The request's
 * thread uses it as any place; {@link #arrive} and {@link #fail} are for the thread that loads the model.
 */
final class ReturningPlace implements Place {

    private final long arrivalNanos = System.nanoTime();
    private final CompletableFuture<Place> arrival = new CompletableFuture<>();
    private final Asker asker;
    private final Consumer<ReturningPlace> leave;

    /** @param leave is told when the request goes before the model is there */
    ReturningPlace(Asker asker, Consumer<ReturningPlace> leave) {
        this.asker = asker;
        this.leave = leave;
    }

    /** The model is there. */
    void arrive(LoadedModel model) {
        try {
            Place place = model.admit(asker, arrivalNanos);
            if (!arrival.complete(place)) {
                place.close();
            }
        } catch (QueueFullException | ModelUnavailableException e) {
            fail(new ModelUnavailableException(String.valueOf(e.getMessage())));
        }
    }

    /** The model will not be there. */
    void fail(ModelUnavailableException cause) {
        arrival.completeExceptionally(cause);
    }

    @Override
    public boolean awaitTurn(Duration patience)
            throws InterruptedException, QueueFullException, ModelUnavailableException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<Place> place = awaitArrival(patience);
        return place.isPresent() && place.get().awaitTurn(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    @Override
    public Optional<ModelTokenizer> tokenizer(Duration patience)
            throws InterruptedException, ModelUnavailableException {
        Optional<Place> place = awaitArrival(patience);
        return place.isPresent() ? place.get().tokenizer(Duration.ZERO) : Optional.empty();
    }

    @Override
    public void leaveUncounted() {
        if (arrived()) {
            arrival.join().leaveUncounted();
        }
    }

    @Override
    public void refuse() {
        if (arrived()) {
            arrival.join().refuse();
        }
    }

    @Override
    public void abandon() {
        if (arrived()) {
            arrival.join().abandon();
        }
    }

    @Override
    public Generation start(InferenceRequest request) throws RefusedRequestException, EngineUnavailableException {
        if (!arrived()) {
            throw new IllegalStateException("a place starts one generation, after its turn has come");
        }
        return arrival.join().start(request);
    }

    @Override
    public void close() {
        if (arrival.completeExceptionally(new CancellationException())) {
            leave.accept(this);
        } else if (arrived()) {
            arrival.join().close();
        }
    }

    private Optional<Place> awaitArrival(Duration patience) throws InterruptedException, ModelUnavailableException {
        try {
            return Optional.of(arrival.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new ModelUnavailableException(LoadErrors.message(e));
        }
    }

    private boolean arrived() {
        return arrival.isDone() && !arrival.isCompletedExceptionally();
    }
}
