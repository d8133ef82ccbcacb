package io.grevy.model;

import java.util.concurrent.locks.Condition;

/** A place at a model, and how far its request has come. Guarded by the lock of its {@link Admission}. */
final class Ticket {

    /** Where it stands. */
    enum State {
        /** It has a place, and has not asked for a turn. */
        ADMITTED,
        WAITING,
        RUNNING,
        /** It had to make room for another tenant's. */
        EVICTED,
        /** The place was given back. */
        GONE
    }

    private final Asker asker;
    private final Condition changed;
    private State state = State.ADMITTED;

    Ticket(Asker asker, Condition changed) {
        this.asker = asker;
        this.changed = changed;
    }

    Asker asker() {
        return asker;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
        changed.signalAll();
    }

    /** Waits until {@link #become} is called, or {@link #wake}; gives what is left of the time. */
    long await(long nanos) throws InterruptedException {
        return changed.awaitNanos(nanos);
    }

    void wake() {
        changed.signalAll();
    }
}
