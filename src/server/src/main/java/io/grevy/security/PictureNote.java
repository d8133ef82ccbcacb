package io.grevy.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the log tells of a picture or a video.
 *
 * @param sha256 of its file, in hexadecimal digits; empty where nobody wants to know
 * @param bytes its file's
 */
record PictureNote(String sha256, long bytes) {

    static PictureNote of(byte[] file, boolean hashed) {
        return new PictureNote(hashed ? HexFormat.of().formatHex(hash(file)) : "", file.length);
    }

    private static byte[] hash(byte[] file) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
