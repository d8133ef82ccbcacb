package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The pictures in {@code models/pictures}, in the forms that clients send. */
final class Pictures {

    private Pictures() {}

    static Path file(String name) {
        return Checkout.model("pictures").resolve(name);
    }

    static String dataUri(String name) throws IOException {
        return Http.dataUri(file(name));
    }

    static String base64(String name) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file(name)));
    }

    static String type(String name) {
        return name.endsWith(".png") ? "image/png" : "image/jpeg";
    }
}
