package io.grevy.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * So much of something a minute, given out evenly: a token bucket that holds a minute's worth and fills all the time. What
 * is known only when it is spent may overdraw it; then nothing more is given until that is made up for. Thread-safe.
 */
final class Allowance {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String what;
    private final long limit;
    private final Bucket bucket;

    private Allowance(String what, long limit) {
        this.what = what;
        this.limit = limit;
        this.bucket = Bucket.builder()
                .addLimit(size -> size.capacity(limit).refillGreedy(limit, MINUTE))
                .build();
    }

    /** @param what for messages, in the plural */
    static Optional<Allowance> of(String what, OptionalLong perMinute) {
        return perMinute.isPresent() ? Optional.of(new Allowance(what, perMinute.getAsLong())) : Optional.empty();
    }

    /** Takes some, all or nothing. */
    void take(long amount) throws QuotaExceededException {
        if (amount > limit) {
            throw new QuotaExceededException(
                    "The request has %d %s; this tenant may have %d a minute.".formatted(amount, what, limit), MINUTE);
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(amount);
        if (!probe.isConsumed()) {
            throw exceeded(probe.getNanosToWaitForRefill());
        }
    }

    /** Refuses where nothing is left. */
    void requireSome() throws QuotaExceededException {
        EstimationProbe probe = bucket.estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            throw exceeded(probe.getNanosToWaitForRefill());
        }
    }

    /** Takes what was spent, whatever is left. */
    void charge(long amount) {
        if (amount > 0) {
            bucket.consumeIgnoringRateLimits(amount);
        }
    }

    Standing standing() {
        long left = Math.max(0, bucket.getAvailableTokens());
        return new Standing(limit, left, Duration.ofNanos(nanosOf(limit - left)));
    }

    private long nanosOf(long amount) {
        return (long) ((double) MINUTE.toNanos() / limit * amount);
    }

    private QuotaExceededException exceeded(long nanos) {
        Duration wait = Duration.ofSeconds(Math.max(1, (nanos + 999_999_999) / 1_000_000_000));
        return new QuotaExceededException(
                "Rate limit reached: this tenant may have %d %s a minute. Please try again in %ds."
                        .formatted(limit, what, wait.toSeconds()),
                wait);
    }

    /**
     * What is left of it.
     *
     * @param reset when all of it is there again, if nothing more is taken
     */
    record Standing(long limit, long left, Duration reset) {

        /** The part that is left, 0 to 1. */
        double part() {
            return (double) left / limit;
        }
    }
}
