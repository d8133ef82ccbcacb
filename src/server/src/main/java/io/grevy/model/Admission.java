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
    private volatile Door door = Door.OPEN;
    private volatile boolean empty; // for good: all places are taken by whoever drained
    private volatile long lastUseNanos = System.nanoTime();

    /** Whom it lets in. */
    private enum Door {
        OPEN,
        /** Those who wait still get their turn. */
        NO_ENTRY,
        CLOSED
    }

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
        refuseUnless(door == Door.OPEN);
        if (!places.tryAcquire()) {
            refuseUnless(door == Door.OPEN); // draining takes all places
            throw new QueueFullException(
                    "%d requests run and %d wait for this model; no more may wait.".formatted(running(), waiting()));
        }
        lastUseNanos = System.nanoTime();
    }

    /** Waits for the turn of a place, at most so long; says whether it came. */
    boolean awaitTurn(Duration patience) throws InterruptedException, ModelUnavailableException {
        refuseUnless(door != Door.CLOSED);
        boolean turn = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (turn && door == Door.CLOSED) {
            turns.release();
            refuseUnless(false);
        }
        return turn;
    }

    void giveBackTurn() {
        turns.release();
    }

    void giveBackPlace() {
        lastUseNanos = System.nanoTime();
        places.release();
    }

    int running() {
        return turnCount - turns.availablePermits();
    }

    int waiting() {
        return Math.max(0, placeCount - places.availablePermits() - running());
    }

    /** How many may run and wait, together. */
    int places() {
        return placeCount;
    }

    /** Admits nobody any more; those who wait still get their turn until it drains. */
    void refuseNew() {
        if (door == Door.OPEN) {
            door = Door.NO_ENTRY;
        }
    }

    /** Waits until nobody runs or waits any more; says whether that came about in time. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        empty = empty || places.tryAcquire(placeCount, patience.toNanos(), TimeUnit.NANOSECONDS);
        return empty;
    }

    /** Admits nobody any more, turns those away who wait, and waits until nobody runs. */
    boolean drain(Duration patience) throws InterruptedException {
        door = Door.CLOSED;
        return awaitEmpty(patience);
    }

    /**
     * Closes for good if nobody is there, and nobody was for so long. Whoever comes just then may be refused even if it
     * does not close; not to be called at the time of the other ways to close.
     */
    boolean closeIfUnused(Duration patience) {
        if (door != Door.OPEN || System.nanoTime() - lastUseNanos < patience.toNanos()) {
            return false;
        }
        door = Door.NO_ENTRY;
        empty = places.tryAcquire(placeCount);
        door = empty ? Door.CLOSED : Door.OPEN;
        return empty;
    }

    private static void refuseUnless(boolean open) throws ModelUnavailableException {
        if (!open) {
            throw new ModelUnavailableException("The model is being unloaded.");
        }
    }
}
