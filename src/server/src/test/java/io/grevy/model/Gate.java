package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds up those that come to it until it is opened. */
final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() throws InterruptedException {
        reached.countDown();
        open.await();
    }

    void passUninterruptibly() {
        try {
            pass();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody was to interrupt", e);
        }
    }

    void awaitReached() throws InterruptedException {
        assertThat(reached.await(20, TimeUnit.SECONDS))
                .as("somebody comes to the gate")
                .isTrue();
    }

    void open() {
        open.countDown();
    }
}
