package io.grevy.it;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Open Liberty as it comes, without servers and shared resources: by hard links to the build's where that can be. */
final class LibertyCopy extends SimpleFileVisitor<Path> {

    static final Path BUILT = Checkout.root().resolve("src/server/target/liberty/wlp");

    private final Path target;

    private LibertyCopy(Path target) {
        this.target = target;
    }

    /** @param target is not there yet */
    static void make(Path target) throws IOException {
        Files.walkFileTree(BUILT, new LibertyCopy(target));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Path name = BUILT.relativize(folder);
        if (name.equals(Path.of("usr")) || name.equals(Path.of("output"))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(target.resolve(name));
        Files.setPosixFilePermissions(target.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path link = target.resolve(BUILT.relativize(file));
        try {
            Files.createLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, link, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return FileVisitResult.CONTINUE;
    }
}
