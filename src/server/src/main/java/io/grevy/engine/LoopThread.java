package io.grevy.engine;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs commands in order, makes steps while there is work, and sleeps otherwise. All that touches a
 * pipeline happens on it. The number of commands is bounded by the requests that a model admits.
 *
 * <p>Thread-safe. {@code lock} guards {@code ended}, so that no command is queued after the last one was taken.
 */
final class LoopThread {

    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());

    private static final long LONGEST_ADDING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final Work work;
    private final Duration stuckAfter;
    private final Thread thread;
    private final Object lock = new Object();

    private boolean ended;
    private volatile boolean closing;
    private volatile @Nullable Throwable death;
    private volatile long busySinceNanos;
    private volatile boolean busy;

    LoopThread(String name, Duration stuckAfter, Work work) {
        this.work = work;
        this.stuckAfter = stuckAfter;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** What the thread does between commands. All methods are called on it. */
    interface Work {

        /** Whether {@link #step()} has something to do. */
        boolean pending();

        /** One bounded piece of the work. An exception ends the thread. */
        void step();

        /** Nothing is left to do for now. */
        void idle();

        /** The thread ends; no call follows. */
        void ended(String reason);
    }

    void start() {
        thread.start();
    }

    /** Runs a command on the thread, before its next step. */
    void post(Runnable command) throws EngineUnavailableException {
        enqueue(new Command(command, reason -> {}));
    }

    /** Runs a command on the thread and waits for its result; what it throws comes out as it is. */
    <T> T call(Supplier<T> command) throws EngineUnavailableException {
        CompletableFuture<T> result = new CompletableFuture<>();
        enqueue(new Command(
                () -> complete(result, command), reason -> result.completeExceptionally(new Ended(reason))));
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof RuntimeException thrown && !(thrown instanceof Ended)) {
                throw thrown;
            }
            throw new EngineUnavailableException(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** An error ends the loop, but not before the one who waits has heard of it. */
    private static <T> void complete(CompletableFuture<T> result, Supplier<T> command) {
        try {
            result.complete(command.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }

    EngineCondition condition() {
        if (death != null) {
            return EngineCondition.DEAD;
        }
        return busy && System.nanoTime() - busySinceNanos > stuckAfter.toNanos()
                ? EngineCondition.STUCK
                : EngineCondition.WELL;
    }

    /** Ends the thread after its current step and waits for that. */
    void close() {
        closing = true;
        commands.add(new Command(() -> {}, reason -> {}));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Command command) throws EngineUnavailableException {
        synchronized (lock) {
            if (ended) {
                throw new EngineUnavailableException(reason());
            }
            commands.add(command);
        }
    }

    @SuppressWarnings("Interruption") // nobody interrupts this thread: it ends by closing
    private void run() {
        try {
            while (!closing) {
                turn();
            }
        } catch (Throwable t) {
            death = t;
            LOG.log(System.Logger.Level.ERROR, "The loop " + thread.getName() + " ended", t);
        } finally {
            busy = false;
            synchronized (lock) {
                ended = true;
            }
            for (Command left; (left = commands.poll()) != null; ) {
                left.refuse.accept(reason());
            }
            work.ended(reason());
        }
    }

    private void turn() throws InterruptedException {
        Command command = work.pending() ? commands.poll() : commands.take();
        begin();
        long adding = busySinceNanos;
        while (command != null) {
            command.body.run();
            begin();
            // A burst of requests, each with pictures to encode, does not hold up for long those that run.
            boolean enough = work.pending() && busySinceNanos - adding > LONGEST_ADDING_NANOS;
            command = enough ? null : commands.poll();
        }
        if (!closing && work.pending()) {
            work.step();
            if (!work.pending()) {
                work.idle();
            }
        }
        busy = false;
    }

    private void begin() {
        busySinceNanos = System.nanoTime();
        busy = true;
    }

    private String reason() {
        Throwable cause = death;
        return cause == null ? "The model is being unloaded." : "The model's engine has failed: " + cause.getMessage();
    }

    private record Command(Runnable body, Consumer<String> refuse) {}

    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message);
        }
    }
}
