package io.grevy.cli;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how far something is: as a bar on a terminal, else as a line at each tenth and each change of what is being
 * done, and not at every moment. For one thread.
 */
final class ProgressReport {
    private static final Pattern PERCENT = Pattern.compile("(.*?)(\\d{1,3}) %.*");
    private static final int WIDTH = 24;
    private static final long LEAST_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

    private final Console console;
    private final LongSupplier nanos;
    private String phase = "";
    private int tenth = -1;
    private long saidAt;

    ProgressReport(Console console) {
        this(console, System::nanoTime);
    }

    ProgressReport(Console console, LongSupplier nanos) {
        this.console = console;
        this.nanos = nanos;
    }

    /** @param text such as {@code pulling 34 % (0.5 of 1.4 GB)}; without a percentage it is a phase of its own */
    void report(String text) {
        Matcher matcher = PERCENT.matcher(text);
        boolean measured = matcher.matches();
        int percent = measured ? Math.min(100, Integer.parseInt(matcher.group(2))) : 0;
        if (console.isTerminal()) {
            console.show(measured ? bar(percent) + " " + text : text);
        } else if (isDue(measured ? matcher.group(1) : text, percent / 10)) {
            console.say(text);
        }
    }

    /** Leaves no bar behind. */
    void end() {
        console.clear();
    }

    private boolean isDue(String nextPhase, int nextTenth) {
        long pause = nanos.getAsLong() - saidAt;
        boolean news = !nextPhase.equals(phase) || nextTenth > tenth && pause >= LEAST_PAUSE;
        if (news || pause >= LONGEST_PAUSE) {
            phase = nextPhase;
            tenth = nextTenth;
            saidAt = nanos.getAsLong();
            return true;
        }
        return false;
    }

    private static String bar(int percent) {
        int full = WIDTH * percent / 100;
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]";
    }
}
