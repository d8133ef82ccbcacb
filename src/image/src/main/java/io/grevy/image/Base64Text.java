package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.util.Arrays;

/**
 * Base64 within a longer text, decoded in place: one pass counts and checks, a second one decodes into an
 * array of the right size.
 *
 * <p>Both alphabets are read (that of URLs has {@code -} and {@code _}), and the padding may be missing.
 * Characters may be percent-encoded ({@code %2B}). Line breaks are skipped; a space is an error, since it
 * mostly is a {@code +} that some form decoder ate.
 */
final class Base64Text {

    private static final int BAD = -1;
    private static final int LINE_BREAK = -2;
    private static final int PADDING = -3;
    private static final byte[] VALUES = values();

    private Base64Text() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) BAD);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        values['\r'] = LINE_BREAK;
        values['\n'] = LINE_BREAK;
        values['='] = PADDING;
        return values;
    }

    /**
     * Checks the text from {@code start} to its end.
     *
     * @return how many bytes it decodes to, at least 1 and at most {@code maxBytes}
     */
    static int length(String text, int start, long maxBytes) throws PictureException {
        long digits = 0;
        int padding = 0;
        long most = maxBytes / 3 * 4 + 4;
        for (int i = start; i < text.length(); i++) {
            int at = i;
            int value = value(text, i);
            if (text.charAt(i) == '%') {
                i += 2;
            }
            if (value == BAD || value >= 0 && padding > 0) {
                throw bad(
                        value == BAD
                                ? "has a character that is not base64 at position " + (at - start)
                                : "goes on after its padding at position " + (at - start));
            }
            if (value == PADDING) {
                padding++;
            } else if (value >= 0) {
                digits++;
                if (digits > most) {
                    throw tooLarge(maxBytes);
                }
            }
        }
        return checkedLength(digits, padding, maxBytes);
    }

    private static int checkedLength(long digits, int padding, long maxBytes) throws PictureException {
        if (digits == 0) {
            throw bad("is empty");
        }
        if (digits % 4 == 1 || padding > 0 && (padding > 2 || (digits + padding) % 4 != 0)) {
            throw bad("ends in the middle of a group of four characters, after " + digits + " of them");
        }
        long bytes = digits / 4 * 3 + (digits % 4 == 0 ? 0 : digits % 4 - 1);
        if (bytes > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return (int) bytes;
    }

    /** Decodes the text from {@code start} to its end. */
    static byte[] decode(String text, int start, long maxBytes) throws PictureException {
        byte[] bytes = new byte[length(text, start, maxBytes)];
        int filled = 0;
        int bits = 0;
        int held = 0;
        for (int i = start; i < text.length(); i++) {
            int value = value(text, i);
            if (text.charAt(i) == '%') {
                i += 2;
            }
            if (value >= 0) {
                bits = bits << 6 | value;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    bytes[filled++] = (byte) (bits >> held);
                }
            }
        }
        return bytes;
    }

    /** What the character at {@code i} stands for; a percent-encoded one has three places. */
    private static int value(String text, int i) {
        int c = text.charAt(i);
        if (c == '%') {
            if (i + 2 >= text.length()) {
                return BAD;
            }
            int high = Character.digit(text.charAt(i + 1), 16);
            int low = Character.digit(text.charAt(i + 2), 16);
            c = high < 0 || low < 0 ? 128 : high << 4 | low;
        }
        return c < 128 ? VALUES[c] : BAD;
    }

    private static PictureException bad(String why) {
        return new PictureException(Reason.BAD_BASE64, "The base64 of the data URI " + why + ".");
    }

    private static PictureException tooLarge(long maxBytes) {
        return new PictureException(
                Reason.TOO_LARGE, "The picture in the data URI is larger than the limit of " + maxBytes + " bytes.");
    }
}
