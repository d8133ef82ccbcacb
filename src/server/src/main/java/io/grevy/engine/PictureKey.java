package io.grevy.engine;

import io.grevy.openvino.Rgb;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a picture is known by: two with the same key are the same, pixel by pixel.
 *
 * @param sha256 of all its pixels, in hexadecimal digits
 */
record PictureKey(int width, int height, String sha256) {

    static PictureKey of(Rgb picture) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(picture.pixels());
            return new PictureKey(
                    picture.width(), picture.height(), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
