package io.grevy.bench.streams;

import java.util.Arrays;

/** Delays of all tokens, to a percentile. Not thread-safe. */
final class Delays {

    private static final double NANOS_IN_MILLI = 1e6;

    private long[] nanos = new long[1 << 16];
    private int count;

    void add(long delayNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = delayNanos;
    }

    int count() {
        return count;
    }

    /**
     * The smallest delay that so many percent do not exceed, in ms.
     *
     * @throws IllegalStateException if there is none
     */
    double millis(double percent) {
        if (count == 0) {
            throw new IllegalStateException("no token came");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(count * percent / 100);
        return sorted[Math.max(0, rank - 1)] / NANOS_IN_MILLI;
    }
}
