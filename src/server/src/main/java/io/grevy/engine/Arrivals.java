package io.grevy.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells one thread that something has come, to whichever of several generations it reads. Thread-safe. */
final class Arrivals {

    private final Semaphore untold = new Semaphore(0);

    /** Something has come; called after it can be read. */
    void tell() {
        untold.release();
    }

    /**
     * Waits until something has come since the last time; what has been read since then counts, too.
     *
     * @return whether something has, in time
     */
    boolean await(long nanos) throws InterruptedException {
        boolean told = untold.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        untold.drainPermits();
        return told;
    }
}
