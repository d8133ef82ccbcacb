package io.grevy.inference;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * What happens to one model's requests, for statistics. Called from the engine's loop and from request threads, so an
 * implementation is thread-safe and never blocks.
 */
public interface Recorder {

    /** Where to read how many requests run and how many wait, from now on. */
    void watch(IntSupplier running, IntSupplier waiting);

    /** The loop made one step for this many requests, with this part of the KV cache in use, 0 to 1. */
    void stepped(int requests, double cacheUsage);

    /** A picture, or all that a request has of them and of videos, was prepared for the model. */
    void picturesEncoded(Duration time);

    /** Whether the engine's pictures are encoded beside its loop, and kept. */
    default void picturesEncodedBeside(boolean beside) {}

    /** A request has a picture; {@code known} if it need not be encoded for it. Only where pictures are kept. */
    default void pictureAskedFor(boolean known) {}

    /** So many bytes of encoded pictures are kept, from now on. */
    default void picturesKept(long bytes) {}

    /** The first token of a request, so long after its arrival. */
    void firstToken(Duration sinceArrival);

    /** A later token of a request, so long after the one before. */
    void laterToken(Duration sinceLast);

    /** A request is over, so long after its arrival. */
    void ended(Outcome outcome, Usage usage, Duration sinceArrival);

    /** How a request ended. */
    enum Outcome {
        /** Every choice ended by itself or by a stop string. */
        STOP,
        /** At least one choice reached its token limit. */
        LENGTH,
        /** The client went away, or cancelled it. */
        CANCELLED,
        /** The request was at fault: a bad picture, a prompt that is too long. */
        REFUSED,
        /** There was no place for it. */
        REJECTED,
        /** The server was at fault. */
        FAILED
    }
}
