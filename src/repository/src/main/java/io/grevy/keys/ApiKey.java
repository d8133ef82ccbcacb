package io.grevy.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key as its owner has it. It is 256 random bits, so one round of SHA-256 hides it: there is nothing to guess from a
 * hash, as there would be with a password.
 *
 * @param text what the client sends
 */
public record ApiKey(String text) {

    private static final String PREFIX = "grevy-";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. */
    public static ApiKey generate() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Its SHA-256. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its hash as the file has it, in lower-case hexadecimal digits. */
    public String hexHash() {
        return HexFormat.of().formatHex(hash());
    }

    /** Not the key itself: it belongs in no log. */
    @Override
    public String toString() {
        return "ApiKey";
    }
}
