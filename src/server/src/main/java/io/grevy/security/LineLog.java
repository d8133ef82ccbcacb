package io.grevy.security;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines appended to a file, or to the console. A file that was moved away is made anew, as whoever rotates logs
 * wants it. What can't be written is lost, and that is logged once: no request fails for its log. Thread-safe; the lock
 * is this object.
 */
final class LineLog implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LineLog.class.getName());
    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Optional<Path> file;
    private final PrintStream console;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private boolean failed;

    private LineLog(Optional<Path> file, PrintStream console) {
        this.file = file;
        this.console = console;
    }

    /**
     * @param place a path, or {@code -} for the console
     * @throws IllegalArgumentException if the file can't be opened
     */
    static LineLog at(String place) {
        LineLog log = new LineLog(place.equals("-") ? Optional.empty() : Optional.of(Path.of(place)), System.out);
        try {
            log.open();
        } catch (IOException e) {
            throw new IllegalArgumentException("The log '" + place + "' can't be written: " + e.getMessage(), e);
        }
        return log;
    }

    /** @param line without line breaks */
    synchronized void write(String line) {
        if (file.isEmpty()) {
            console.println(line);
            return;
        }
        try {
            FileChannel out = open();
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (out != null && bytes.hasRemaining()) {
                out.write(bytes);
            }
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(
                        Level.ERROR,
                        "Lines of a log are lost: {0} cannot be written ({1})",
                        file.get(),
                        e.getMessage());
            }
            failed = true;
        }
    }

    private synchronized @Nullable FileChannel open() throws IOException {
        if (file.isEmpty()
                || (channel != null && channel.isOpen() && keyOf(file.get()).equals(Optional.ofNullable(key)))) {
            return channel;
        }
        close();
        Path path = file.get();
        boolean posix = Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileChannel opened = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                posix ? new FileAttribute<?>[] {OWNERS} : new FileAttribute<?>[0]);
        channel = opened;
        key = keyOf(path).orElse(null);
        return opened;
    }

    /** What tells one file from another of its name; empty for none. */
    private static Optional<Object> keyOf(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "A log was not closed", e);
            }
            channel = null;
        }
    }
}
