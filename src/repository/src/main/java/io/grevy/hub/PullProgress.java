package io.grevy.hub;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How far a pull is, to be looked at by any thread while others pull. */
public final class PullProgress {
    private static final long WINDOW = Duration.ofSeconds(3).toNanos();

    private final LongSupplier nanos;
    private final Consumer<Status> changed;
    private String phase = "waiting"; // this and all below: guarded by this
    private long done;
    private long total;
    private long fetched;
    private long windowStart;
    private long windowFetched;
    private long previousStart;
    private long previousFetched;
    private int toldPercent = -1;
    private String toldPhase = "";

    /** One that is only looked at. */
    public PullProgress() {
        this(System::nanoTime, status -> {});
    }

    /** One that tells too, at each new phase and percent; on the threads that pull, one at a time. */
    public PullProgress(Consumer<Status> changed) {
        this(System::nanoTime, changed);
    }

    PullProgress(LongSupplier nanos, Consumer<Status> changed) {
        this.nanos = nanos;
        this.changed = changed;
    }

    /**
     * How far it is at one moment.
     *
     * @param phase what is being done, in a word or two
     * @param done bytes that are here, those of earlier attempts too
     * @param total bytes of all files; 0 while that is not known
     * @param bytesPerSecond of the last seconds; 0 where nothing is fetched
     */
    public record Status(String phase, long done, long total, long bytesPerSecond) {
        /** Rounded down: 100 only when all is here; 0 while the total is not known. */
        public int percent() {
            return total == 0 ? 0 : (int) (done * 100.0 / total);
        }

        /** {@code pulling 34 % (0.5 of 1.4 GB)}. */
        public String text() {
            return total == 0 ? phase : phase + " " + percent() + " % (" + Sizes.text(done, total) + ")";
        }

        /** {@code 12.3 MB/s}; empty while nothing is fetched. */
        public String rate() {
            return bytesPerSecond == 0 ? "" : String.format(Locale.ROOT, "%s/s", Sizes.text(bytesPerSecond));
        }
    }

    public synchronized Status status() {
        long elapsed = nanos.getAsLong() - previousStart;
        boolean fetching = windowStart != 0 && nanos.getAsLong() - windowStart < 2 * WINDOW && elapsed > 0;
        return new Status(
                phase, done, total, fetching ? (long) ((fetched - previousFetched) * 1e9 / Math.max(elapsed, 1)) : 0);
    }

    synchronized void enter(String next) {
        phase = next;
        tell();
    }

    synchronized void begin(long bytes) {
        phase = "pulling";
        total = bytes;
        done = 0;
        tell();
    }

    /** Bytes that were here before; negative for those that have turned out to be of no use. */
    synchronized void found(long bytes) {
        done += bytes;
        tell();
    }

    synchronized void fetched(long bytes) {
        done += bytes;
        fetched += bytes;
        long now = nanos.getAsLong();
        if (windowStart == 0) {
            windowStart = now;
            previousStart = now;
        } else if (now - windowStart > WINDOW) {
            previousStart = windowStart;
            previousFetched = windowFetched;
            windowStart = now;
            windowFetched = fetched;
        }
        tell();
    }

    private void tell() {
        Status now = status();
        if (now.percent() != toldPercent || !now.phase().equals(toldPhase)) {
            toldPercent = now.percent();
            toldPhase = now.phase();
            changed.accept(now);
        }
    }
}
