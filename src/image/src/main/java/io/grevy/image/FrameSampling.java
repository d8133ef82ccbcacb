package io.grevy.image;

import java.util.stream.IntStream;

/** Which frames of a video are taken where it has more than may be. */
public final class FrameSampling {

    private FrameSampling() {}

    /**
     * The places of evenly spread frames, the first and the last among them; all places where there are no more.
     *
     * @param frames how many there are, at least 1
     * @param most how many are taken, at least 1; a single one is the first
     * @return ascending, without a double
     */
    public static int[] of(int frames, int most) {
        int taken = Math.min(frames, most);
        return taken < 2
                ? new int[] {0}
                : IntStream.range(0, taken)
                        .map(i -> (int) ((long) i * (frames - 1) / (taken - 1)))
                        .toArray();
    }

    /**
     * How many of the taken frames a second has.
     *
     * @param seconds how long all frames are shown; 0 for unknown
     * @return 0 for unknown
     */
    public static double rate(int frames, int taken, double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        return taken < 2 ? 1 / seconds : frames / seconds * (taken - 1) / (frames - 1);
    }
}
