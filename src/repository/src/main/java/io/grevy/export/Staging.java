package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a model folder is made, beside the place that it is for, so that it appears there whole and at once. What a
 * process that ended in between has left is put right by the next one. Not thread-safe; one at a time for a place.
 */
final class Staging implements AutoCloseable {
    private final Path destination;
    private final Path root;

    private Staging(Path destination) {
        this.destination = destination;
        this.root = destination.resolveSibling("." + destination.getFileName() + ".exporting");
    }

    static Staging open(Path destination) throws IOException {
        Staging staging = new Staging(destination);
        if (!FileTree.exists(destination) && FileTree.exists(staging.replaced())) {
            move(staging.replaced(), destination);
        }
        FileTree.delete(staging.root);
        Files.createDirectories(staging.temporary());
        return staging;
    }

    /** The folder to be filled; it is not there yet. */
    Path model() {
        return root.resolve("model");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** Puts the folder in its place; what was there is gone after that, and still there where it does not succeed. */
    void commit() throws IOException {
        replace(model(), destination);
    }

    /** Puts only a part of the folder in its place. */
    void commit(Path part) throws IOException {
        replace(model().resolve(part), destination.resolve(part));
    }

    private void replace(Path from, Path to) throws IOException {
        if (!FileTree.exists(to)) {
            move(from, to);
            return;
        }
        move(to, replaced());
        try {
            move(from, to);
        } catch (IOException e) {
            move(replaced(), to);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(root);
    }

    private Path replaced() {
        return root.resolve("replaced");
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
