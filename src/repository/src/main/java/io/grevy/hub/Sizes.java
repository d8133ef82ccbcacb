package io.grevy.hub;

import java.util.Locale;

/** Numbers of bytes for people, in powers of ten as disks are sold. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    /** {@code 1.4 GB}. */
    static String text(long bytes) {
        int unit = unit(bytes);
        return amount(bytes, unit) + " " + UNITS[unit];
    }

    /** {@code 0.5 of 1.4 GB}. */
    static String text(long part, long whole) {
        int unit = unit(whole);
        return amount(part, unit) + " of " + amount(whole, unit) + " " + UNITS[unit];
    }

    private static int unit(long bytes) {
        int unit = 0;
        for (double rest = bytes; rest >= 999.95 && unit < UNITS.length - 1; rest /= 1000) {
            unit++;
        }
        return unit;
    }

    private static String amount(long bytes, int unit) {
        return unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", bytes / Math.pow(1000, unit));
    }
}
