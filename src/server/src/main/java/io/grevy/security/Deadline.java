package io.grevy.security;

import java.time.Duration;
import java.util.Optional;

/**
 * When a request has to be over.
 *
 * @param atNanos by {@link System#nanoTime}; empty for never
 * @param after how long after the request's arrival that is
 */
public record Deadline(Optional<Long> atNanos, Duration after) {

    /** None. */
    public static Deadline never() {
        return new Deadline(Optional.empty(), Duration.ZERO);
    }

    /**
     * The earlier of what the server and what the request says.
     *
     * @param limit the server's; zero for none
     */
    public static Deadline of(long arrivalNanos, Duration limit, Optional<Duration> asked) {
        Optional<Duration> own = limit.isZero() ? Optional.empty() : Optional.of(limit);
        Optional<Duration> least = asked.filter(time -> own.isEmpty() || time.compareTo(own.get()) < 0)
                .or(() -> own);
        return least.map(time -> new Deadline(Optional.of(arrivalNanos + time.toNanos()), time))
                .orElseGet(Deadline::never);
    }

    public boolean passed() {
        return atNanos.isPresent() && System.nanoTime() - atNanos.get() >= 0;
    }
}
