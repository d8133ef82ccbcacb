package io.grevy.openai.chat;

import io.grevy.model.ServedModel;
import io.grevy.openai.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** OpenAI's {@code system_fingerprint}: the same as long as the server's version and the model's load are. */
final class Fingerprint {

    private static final int BYTES = 5;

    private Fingerprint() {}

    static String of(ServedModel model) {
        String load = ServerVersion.current() + '\n' + model.name() + '\n' + model.availableSince();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(load.getBytes(StandardCharsets.UTF_8));
            return "fp_" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
