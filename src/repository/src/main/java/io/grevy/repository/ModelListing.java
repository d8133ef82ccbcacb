package io.grevy.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** Finds the models below a folder. */
public final class ModelListing {
    private static final int DEEPEST = 8;

    private ModelListing() {}

    /**
     * The names by which models of this repository can be served: each the path, from the repository, of a folder that
     * holds a model, a GGUF file or a graph, itself or in a version subfolder. Nothing is looked for within such a folder,
     * nor in hidden ones.
     *
     * @return the names, sorted
     * @throws RepositoryException naming a folder that cannot be read
     */
    public static List<String> of(Path repository) {
        Path root = repository.toAbsolutePath().normalize();
        new ModelFolder(root).requireFolder();
        List<String> names = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(root, names));
        } catch (IOException | UncheckedIOException e) {
            throw new RepositoryException(root + ": cannot be listed (" + e.getMessage() + ")", e);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> names;

        Visitor(Path root, List<String> names) {
            this.root = root;
            this.names = names;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (folder.getFileName().toString().startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.isReadable(folder) && holdsModel(folder)) {
                names.add(root.relativize(folder).toString());
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        /** Of several GGUF files in a folder the name of the folder means none. */
        private static boolean holdsModel(Path folder) {
            try {
                return ModelFiles.locate(folder).holdsSomething();
            } catch (RepositoryException e) {
                return false;
            }
        }

        /** A folder or a link that cannot be followed has no model to serve. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
