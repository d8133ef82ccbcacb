package io.grevy.repository;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Replaces a JSON file as a whole, one writer at a time. The lock is a file beside it, since the file itself is another
 * one after each change; the lock's file stays, for one that is deleted could be locked twice.
 */
public final class LockedFile {
    private static final JsonWriterFactory WRITERS =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private LockedFile() {}

    /**
     * Changes the file that the path, or the link there, leads to.
     *
     * @param change gives the new content for the file's absolute path; empty leaves the file alone
     * @return whether it was changed
     * @throws RepositoryException naming why it cannot be written
     */
    public static boolean edit(Path path, Function<Path, Optional<JsonObject>> change) {
        Path given = path.toAbsolutePath().normalize();
        try {
            Path file = Files.exists(given) ? given.toRealPath() : given;
            // A process may hold a file's lock only once, so its own threads wait for one another here.
            synchronized (LockedFile.class) {
                return editLocked(given, file, change);
            }
        } catch (IOException e) {
            throw new RepositoryException(given + ": cannot be written (" + why(e) + ")", e);
        }
    }

    private static boolean editLocked(Path given, Path file, Function<Path, Optional<JsonObject>> change)
            throws IOException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            Optional<JsonObject> content = change.apply(given);
            if (content.isPresent()) {
                replace(file, text(content.get()));
            }
            return content.isPresent();
        }
    }

    /** All or nothing, also where the machine stops amid it. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                keepRights(file, fresh);
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void keepRights(Path file, Path fresh) throws IOException {
        if (Files.exists(file) && Files.getFileStore(fresh).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
        }
    }

    private static String text(JsonObject content) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = WRITERS.createWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString().strip() + "\n";
    }

    private static String why(IOException e) {
        return e instanceof NoSuchFileException missing
                ? "no such folder: " + Path.of(missing.getFile()).getParent()
                : String.valueOf(e.getMessage());
    }
}
