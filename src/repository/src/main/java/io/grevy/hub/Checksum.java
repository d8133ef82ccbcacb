package io.grevy.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What a file's bytes have to add up to: the SHA-256 of a large file, or git's own name for a small one. */
sealed interface Checksum {
    /** In hexadecimal, of lower case. */
    String hex();

    /** A digest that still wants the file's bytes. */
    MessageDigest begin(long size);

    /** The checksum that an ETag of the hub's holds; empty for other ETags. */
    static Optional<String> inEtag(String etag) {
        String text = etag.replaceAll("^W/|\"", "").toLowerCase(Locale.ROOT);
        return Optional.of(text).filter(hex -> hex.matches("[0-9a-f]{40}|[0-9a-f]{64}"));
    }

    default boolean matches(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(hex());
    }

    /** Of the bytes alone. */
    record Sha256(String hex) implements Checksum {
        public Sha256 {
            require(hex, 64);
        }

        @Override
        public MessageDigest begin(long size) {
            return digest("SHA-256");
        }
    }

    /** Of a git blob: a head with the size, then the bytes. */
    record GitBlob(String hex) implements Checksum {
        public GitBlob {
            require(hex, 40);
        }

        @Override
        public MessageDigest begin(long size) {
            MessageDigest digest = digest("SHA-1");
            digest.update(("blob " + size + "\0").getBytes(US_ASCII));
            return digest;
        }
    }

    private static void require(String hex, int length) {
        if (!hex.matches("[0-9a-f]{" + length + "}")) {
            throw new IllegalArgumentException("not a checksum of " + length + " hexadecimal digits: " + hex);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
