package io.grevy.model;

import io.grevy.inference.Engine;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may run and who may wait: as many requests as the engine runs at once, and a bounded number behind them, in the
 * order of {@link TurnOrder}. Where all places are taken, a newcomer gets one of a tenant that has more waiting. Thread-safe.
 */
@ModelComponent
final class Admission {

    private final int capacity;
    private final int placeCount;
    private final ReentrantLock lock =
            new ReentrantLock(true); // fair: whoever drains is not kept waiting by those who come
    private final Condition emptied = lock.newCondition();
    private final Set<Ticket> held = new HashSet<>(); // guarded by lock, as all below
    private final TurnOrder order = new TurnOrder();
    private int running;
    private Door door = Door.OPEN;
    private long lastUseNanos = System.nanoTime();

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
        this.capacity = capacity;
        this.placeCount = Math.addExact(capacity, maxWaiting);
    }

    /** Takes a place, at once. */
    Ticket admit(Asker asker) throws QueueFullException, ModelUnavailableException {
        lock.lock();
        try {
            refuseUnless(door == Door.OPEN);
            if (held.size() >= placeCount) {
                makeRoom(asker);
            }
            Ticket ticket = new Ticket(asker, lock.newCondition());
            held.add(ticket);
            lastUseNanos = System.nanoTime();
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the turn of a place, at most so long; says whether it came. The place in the queue is kept meanwhile.
     *
     * @throws QueueFullException if it had to make room for another tenant's
     */
    boolean awaitTurn(Ticket ticket, Duration patience)
            throws InterruptedException, QueueFullException, ModelUnavailableException {
        lock.lock();
        try {
            refuseUnless(door != Door.CLOSED);
            if (ticket.state() == Ticket.State.ADMITTED) {
                ticket.become(Ticket.State.WAITING);
                order.add(ticket);
                giveTurns();
            }
            long left = patience.toNanos();
            while (ticket.state() == Ticket.State.WAITING && left > 0 && door != Door.CLOSED) {
                left = ticket.await(left);
            }
            if (ticket.state() == Ticket.State.EVICTED) {
                throw new QueueFullException(
                        "As many requests wait for this model as may, and this tenant's are the most.");
            }
            refuseUnless(door != Door.CLOSED);
            return ticket.state() == Ticket.State.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back, and its turn. */
    void leave(Ticket ticket) {
        lock.lock();
        try {
            if (!held.remove(ticket)) {
                return;
            }
            lastUseNanos = System.nanoTime();
            order.remove(ticket);
            if (ticket.state() == Ticket.State.RUNNING) {
                running--;
                order.ended(ticket);
                giveTurns();
            }
            ticket.become(Ticket.State.GONE);
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return held.size() - running;
        } finally {
            lock.unlock();
        }
    }

    /** How many may run and wait, together. */
    int places() {
        return placeCount;
    }

    /** Admits nobody any more; those who wait still get their turn until it drains. */
    void refuseNew() {
        lock.lock();
        try {
            if (door == Door.OPEN) {
                door = Door.NO_ENTRY;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody runs or waits any more; says whether that came about in time. To be called once nobody is admitted. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!held.isEmpty() && left > 0) {
                left = emptied.awaitNanos(left);
            }
            return held.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Admits nobody any more, turns those away who wait, and waits until nobody runs. */
    boolean drain(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            door = Door.CLOSED;
            held.forEach(Ticket::wake);
        } finally {
            lock.unlock();
        }
        return awaitEmpty(patience);
    }

    /** Closes for good if nobody is there, and nobody was for so long. */
    boolean closeIfUnused(Duration patience) {
        lock.lock();
        try {
            boolean unused =
                    door == Door.OPEN && held.isEmpty() && System.nanoTime() - lastUseNanos >= patience.toNanos();
            if (unused) {
                door = Door.CLOSED;
            }
            return unused;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(Asker newcomer) throws QueueFullException {
        Optional<Ticket> evicted = order.evictFor(newcomer);
        if (evicted.isEmpty()) {
            throw new QueueFullException("%d requests run and %d wait for this model; no more may wait."
                    .formatted(running, held.size() - running));
        }
        held.remove(evicted.get());
        evicted.get().become(Ticket.State.EVICTED);
    }

    private void giveTurns() {
        while (running < capacity) {
            Optional<Ticket> next = order.next();
            if (next.isEmpty()) {
                return;
            }
            running++;
            next.get().become(Ticket.State.RUNNING);
        }
    }

    private static void refuseUnless(boolean open) throws ModelUnavailableException {
        if (!open) {
            throw new ModelUnavailableException("The model is being unloaded.");
        }
    }
}
