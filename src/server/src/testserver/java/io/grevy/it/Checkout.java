package io.grevy.it;

import java.nio.file.Path;

/** The repository that is under test. */
final class Checkout {

    private Checkout() {}

    static Path root() {
        return Path.of(System.getProperty("repository.root"));
    }

    /** A model's folder by its path under {@code models}. */
    static Path model(String name) {
        return root().resolve("models").resolve(name);
    }
}
