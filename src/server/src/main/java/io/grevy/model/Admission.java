package io.grevy.model;

import io.grevy.inference.Engine;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who may run and who may wait: as many requests as the engine runs at once, and a bounded number behind them, first
 * come, first served. Thread-safe.
 */
@ModelComponent
final class Admission {

    private final int placeCount;
    private final int turnCount;
    private final Semaphore places;
    private final Semaphore turns;
    private volatile boolean closed;

    @Inject
    Admission(Engine engine, ModelSettings settings) {
        this(engine.capacity(), settings.maxQueue());
    }

    /**
     * @param capacity how many run at once, at least 1
     * @param maxWaiting how many wait for that at most
     */
    Admission(int capacity, int maxWaiting) {
        this.turnCount = capacity;
        this.placeCount = Math.addExact(capacity, maxWaiting);
        this.turns = new Semaphore(capacity, true);
        this.places = new Semaphore(placeCount);
    }

    /** Takes a place, at once. */
    void admit() throws QueueFullException, ModelUnavailableException {
        refuseIfClosed();
        if (!places.tryAcquire()) {
            refuseIfClosed(); // draining takes all places
            throw new QueueFullException(
                    "%d requests run and %d wait for this model; no more may wait.".formatted(running(), waiting()));
        }
    }

    /** Waits for the turn of a place, at most so long; says whether it came. */
    boolean awaitTurn(Duration patience) throws InterruptedException, ModelUnavailableException {
        refuseIfClosed();
        boolean turn = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (turn && closed) {
            turns.release();
            refuseIfClosed();
        }
        return turn;
    }

    void giveBackTurn() {
        turns.release();
    }

    void giveBackPlace() {
        places.release();
    }

    int running() {
        return turnCount - turns.availablePermits();
    }

    int waiting() {
        return Math.max(0, placeCount - places.availablePermits() - running());
    }

    /** Admits nobody any more, turns those away who wait, and waits until nobody runs. */
    boolean drain(Duration patience) throws InterruptedException {
        closed = true;
        return places.tryAcquire(placeCount, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void refuseIfClosed() throws ModelUnavailableException {
        if (closed) {
            throw new ModelUnavailableException("The model is being unloaded.");
        }
    }
}
