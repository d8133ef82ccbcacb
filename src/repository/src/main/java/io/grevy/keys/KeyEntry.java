package io.grevy.keys;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A key as the server knows it.
 *
 * @param sha256 the key's hash in lower-case hexadecimal digits
 * @param expires when it is a key no longer
 */
public record KeyEntry(Grant grant, String sha256, Optional<Instant> expires) {

    /** Whether this is the key's hash; it takes as long for a wrong one as for the right one. */
    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), hash);
    }

    boolean validAt(Instant now) {
        return expires.isEmpty() || now.isBefore(expires.get());
    }
}
