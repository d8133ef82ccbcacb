package io.grevy.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server that runs as long as this process, and ends with it. Two threads may see the end first: the one that waits
 * for the server, and the one on which the JVM handles a signal. Whichever does first says so and gives the exit code.
 */
final class Foreground {
    /** What Liberty may take beside the requests in flight: it waits 30 s for its own parts, and then ends. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(45);

    /** How an end by SIGINT and by SIGTERM is reported; Liberty ends in order on both. */
    private static final Set<Integer> BY_SIGNAL = Set.of(130, 143);

    private static final int KILLED = 1;

    private final ServerProcess server;
    private final Duration drain;
    private final Console console;
    private final AtomicBoolean ended = new AtomicBoolean();

    Foreground(ServerProcess server, Duration drain, Console console) {
        this.server = server;
        this.drain = drain;
        this.console = console;
    }

    /**
     * Runs the server until it ends by itself. On a signal to this process it does not return: the server is ended and
     * then this process, with 0.
     *
     * @return the exit code for this process; to be given by {@link Runtime#halt}, since a signal may come meanwhile
     */
    int run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "grevy-signal"));
        try {
            int code = server.run();
            yieldToSignal();
            boolean orderly = code == 0 || BY_SIGNAL.contains(code);
            console.say(orderly ? "stopped" : "the server ended with code " + code);
            return orderly ? 0 : code;
        } catch (IOException e) {
            yieldToSignal();
            throw e;
        }
    }

    private void yieldToSignal() throws InterruptedException {
        if (ended.getAndSet(true)) {
            new CountDownLatch(1).await();
        }
    }

    private void signalled() {
        if (ended.getAndSet(true)) {
            return;
        }
        console.say("stopping; requests in flight have " + drain.toSeconds() + " s");
        try {
            boolean orderly = server.stop(drain.plus(SHUTDOWN));
            console.say(orderly ? "stopped" : "the server did not end in time and was killed");
            Runtime.getRuntime().halt(orderly ? 0 : KILLED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
