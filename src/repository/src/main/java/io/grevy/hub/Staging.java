package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hidden folder beside a model's own in which a pull gathers its files: {@code tree} holds those that are whole
 * and checked, {@code parts} the beginnings of others, by their checksums. It outlives a pull that is broken off, and
 * goes when its tree has become the model's folder.
 */
final class Staging {
    private final Path target;
    private final Path folder;
    private final Path replaced;

    /** @param target the model's folder */
    Staging(Path target) {
        String name = target.getFileName().toString();
        this.target = target;
        this.folder = target.resolveSibling("." + name + ".pulling");
        this.replaced = target.resolveSibling("." + name + ".replaced");
    }

    Path folder() {
        return folder;
    }

    /** @throws HubException where the folder is a link, by which files could land elsewhere */
    void refuseLink() throws HubException {
        if (Files.isSymbolicLink(folder)) {
            throw new HubException(Reason.FOLDER, folder + ": it is a link; a folder of Grevy's own is expected there");
        }
    }

    /** Makes the folders, and ends what an interrupted replacement has begun. */
    void prepare() throws IOException {
        if (Files.exists(replaced)) {
            if (Files.exists(target)) {
                delete(replaced);
            } else {
                Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.createDirectories(tree());
        Files.createDirectories(folder.resolve("parts"));
    }

    /** Deletes whole files that are not listed any more. */
    void keepOnly(Set<String> names) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(tree())) {
            files = all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : files) {
            if (!names.contains(tree().relativize(file).toString())) {
                Files.delete(file);
            }
        }
    }

    /** How many bytes of the files are not here yet, in whole files or parts. */
    long missing(Listing listing) throws IOException {
        long missing = 0;
        for (HubFile file : listing.files()) {
            Path here = Files.exists(whole(file)) ? whole(file) : part(file);
            missing += Math.max(0, file.size() - (Files.exists(here) ? Files.size(here) : 0));
        }
        return missing;
    }

    /** Deletes it with all that it holds. */
    void discard() throws IOException {
        delete(folder);
    }

    /** Where a whole file lies. */
    Path whole(HubFile file) {
        return tree().resolve(file.name());
    }

    Path part(HubFile file) {
        return folder.resolve("parts").resolve(file.checksum().hex());
    }

    /** Makes a part, which is complete and checked, the whole file. */
    void accept(HubFile file) throws IOException {
        Path whole = whole(file);
        Files.createDirectories(whole.getParent());
        Files.move(part(file), whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the tree the model's folder; one that was there is gone after that. */
    void show() throws IOException {
        forceFolders();
        boolean replaces = Files.exists(target) && !isEmpty(target);
        if (replaces) {
            Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(tree(), target, StandardCopyOption.ATOMIC_MOVE);
        force(target.resolveSibling("."));
        if (replaces) {
            delete(replaced);
        }
        delete(folder);
    }

    /** Puts these files into the model's folder, which may hold others; the first one last, since it is looked for. */
    void showAmongOthers(List<String> names) throws IOException {
        Files.createDirectories(target);
        for (int i = names.size() - 1; i >= 0; i--) {
            Path place = target.resolve(names.get(i));
            Files.createDirectories(place.getParent());
            Files.move(tree().resolve(names.get(i)), place, StandardCopyOption.ATOMIC_MOVE);
        }
        force(target);
        delete(folder);
    }

    static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    Path tree() {
        return folder.resolve("tree");
    }

    private void forceFolders() throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.walk(tree())) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path each : folders) {
            force(each);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
