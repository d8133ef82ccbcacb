package io.grevy.openvino;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A native object and its end: it is freed after the last call that uses it, and called never after that. Calls share
 * the lock, {@link #close} takes it alone, so the engine's own rules say which calls may run at the same time.
 */
final class NativeHandle<P extends Pointer> {
    private final String name;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closing;
    private @Nullable P pointer;

    NativeHandle(String name, P pointer) {
        this.name = name;
        this.pointer = pointer;
    }

    /** Throws IllegalStateException once closed, EngineException for a native exception. */
    <R> R call(Function<P, R> call) {
        if (closing) {
            throw closed();
        }
        lock.readLock().lock();
        try {
            P open = pointer;
            if (open == null) {
                throw closed();
            }
            return call.apply(open);
        } catch (RuntimeException e) {
            throw asThrown(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether {@link #close} waits for a call. */
    boolean closing() {
        return closing;
    }

    void run(Consumer<P> call) {
        call(open -> {
            call.accept(open);
            return name;
        });
    }

    /** As {@link #run}, but nothing once closed. */
    void runIfOpen(Consumer<P> call) {
        lock.readLock().lock();
        try {
            P open = pointer;
            if (open != null) {
                call.accept(open);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Lets no further call in, waits for those that run, and frees.
     *
     * @param interrupt told at once, to make what runs end sooner
     * @param last told before the object is freed; what it throws doesn't keep it from being freed
     */
    void close(Consumer<P> interrupt, Consumer<P> last) {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(name + " can't be closed from within one of its own calls");
        }
        closing = true;
        runIfOpen(interrupt);
        lock.writeLock().lock();
        try {
            P open = pointer;
            pointer = null;
            if (open != null) {
                try {
                    last.accept(open);
                } finally {
                    open.deallocate();
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(name + " is closed");
    }

    /** JavaCPP throws a plain RuntimeException with the native text: that becomes an EngineException. */
    static RuntimeException asThrown(RuntimeException e) {
        String text = e.getMessage();
        return e.getClass() == RuntimeException.class ? new EngineException(text == null ? "" : text, e) : e;
    }
}
