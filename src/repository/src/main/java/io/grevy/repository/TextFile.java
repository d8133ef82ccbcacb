package io.grevy.repository;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads the small text files of a repository. */
final class TextFile {
    /** What a new file that others may read is to have: temporary ones are their owner's only. */
    static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private static final long MOST_BYTES = 16L << 20;

    private TextFile() {}

    static String read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new RepositoryException(file + ": a folder, not a file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new RepositoryException(file + ": larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new RepositoryException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new RepositoryException(file + ": not UTF-8 text", e);
        } catch (IOException e) {
            throw new RepositoryException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
