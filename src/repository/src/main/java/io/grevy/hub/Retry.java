package io.grevy.hub;

import java.time.Duration;

/**
 * Makes attempts until one succeeds, fails for good, or enough have come to nothing. The wait before the second is
 * {@code firstWait} and doubles with each, within bounds; where the other side asks for a longer one, that counts.
 */
final class Retry {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HubSettings settings;
    private final PullProgress progress;

    Retry(HubSettings settings, PullProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** One attempt, which knows whether it has brought anything; then it does not count. */
    interface Attempt<T> {
        T make() throws HubException, InterruptedException;

        /** Whether this failure may not come again. */
        default boolean isWorthAnother(HubException e) {
            return e.isPassing();
        }

        /** Whether something has come since this was last asked. */
        default boolean gained() {
            return false;
        }
    }

    <T> T run(Attempt<T> attempt) throws HubException, InterruptedException {
        int vain = 0;
        while (true) {
            try {
                return attempt.make();
            } catch (HubException e) {
                vain = attempt.gained() ? 1 : vain + 1;
                if (!attempt.isWorthAnother(e) || vain >= settings.attempts()) {
                    throw e;
                }
                progress.enter("trying again, since " + e.getMessage());
                Thread.sleep(wait(vain, e.waitAsked()).toMillis());
                progress.enter("pulling");
            }
        }
    }

    private Duration wait(int vain, Duration asked) {
        Duration own = settings.firstWait().multipliedBy(1L << Math.min(vain - 1, 10));
        Duration bounded = own.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : own;
        return asked.compareTo(bounded) > 0 ? asked : bounded;
    }
}
