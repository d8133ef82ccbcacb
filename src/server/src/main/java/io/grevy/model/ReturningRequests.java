package io.grevy.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The requests that wait for a model that was unloaded for want of requests. Where it does not load, they get its error,
 * and so do those that come within a pause, which doubles with each failure. Guarded by the lock of its succession.
 */
final class ReturningRequests {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final LongSupplier nanoTime;
    private final Deque<ReturningPlace> waiting = new ArrayDeque<>();
    private int most = 1;
    private int failures;
    private long retryNanos;
    private String error = "";

    ReturningRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param places how many the model held, running and waiting: as many may wait for it */
    void most(int places) {
        most = places;
    }

    void add(ReturningPlace place) throws QueueFullException, ModelUnavailableException {
        if (failures > 0 && nanoTime.getAsLong() - retryNanos < 0) {
            throw new ModelUnavailableException(error);
        }
        if (waiting.size() >= most) {
            throw new QueueFullException(
                    "%d requests wait for this model to be loaded; no more may wait.".formatted(waiting.size()));
        }
        waiting.add(place);
    }

    void remove(ReturningPlace place) {
        waiting.remove(place);
    }

    /** Gives all a place at the model, in the order in which they came. */
    void arrive(LoadedModel model) {
        forgetFailures();
        takeAll().forEach(place -> place.arrive(model));
    }

    /** Gives all the error, and for a while those who come. */
    void fail(String message) {
        error = message;
        retryNanos = nanoTime.getAsLong()
                + FIRST_PAUSE
                        .multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS))
                        .toNanos();
        failures++;
        end(message);
    }

    /** Gives all the error, for good. */
    void end(String message) {
        takeAll().forEach(place -> place.fail(new ModelUnavailableException(message)));
    }

    void forgetFailures() {
        failures = 0;
    }

    private List<ReturningPlace> takeAll() {
        List<ReturningPlace> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
