package io.grevy.image;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits on pictures.
 *
 * @param maxBytes most bytes of one encoded picture, as decoded from base64 or as received; at least 1
 * @param maxPixels most pixels (width times height) of one picture, checked before its pixels are
 *     decoded; at least 1, and at most {@value #MOST_PIXELS}, since one array must hold three bytes each.
 *     Decoding takes up to about a dozen bytes of memory a pixel while it runs
 * @param maxPictures most pictures of one request; the caller enforces it, who alone sees the whole
 *     request
 * @param fetchTimeout how long one fetch may take from its start to the last byte of the body: name
 *     lookup, connecting, every redirect and waiting for a free place included; above zero
 * @param allowedDomains where pictures may be fetched from
 */
public record PictureSettings(
        long maxBytes, long maxPixels, int maxPictures, Duration fetchTimeout, AllowedDomains allowedDomains) {

    static final long MOST_PIXELS = 700_000_000;
    private static final long MOST_BYTES = 1L << 30;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException names the setting, the value and what is allowed
     */
    public PictureSettings {
        Objects.requireNonNull(allowedDomains, "allowedDomains");
        check("maxBytes", maxBytes, MOST_BYTES);
        check("maxPixels", maxPixels, MOST_PIXELS);
        check("maxPictures", maxPictures, Integer.MAX_VALUE);
        if (fetchTimeout.isZero() || fetchTimeout.isNegative() || fetchTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "fetchTimeout is " + fetchTimeout + "; it must be above zero and at most a day");
        }
    }

    /** 20 MiB, 40 megapixels, 16 pictures, 10 seconds, any public address. */
    public static PictureSettings defaults() {
        return new PictureSettings(20L << 20, 40_000_000, 16, Duration.ofSeconds(10), AllowedDomains.parse(""));
    }

    private static void check(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from 1 to " + most);
        }
    }
}
