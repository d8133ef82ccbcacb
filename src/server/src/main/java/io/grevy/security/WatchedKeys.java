package io.grevy.security;

import io.grevy.keys.KeyFile;
import io.grevy.repository.RepositoryException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The file of API keys as it is now: it is looked at again when it is asked for, at most once a second. A file that is
 * wrong or gone changes nothing: the keys from before hold. Thread-safe; the lock is this object.
 */
final class WatchedKeys {

    private static final Logger LOG = System.getLogger(WatchedKeys.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier nanoTime;
    private byte[] seen = {};
    private KeyFile keys;
    private long lookedNanos;

    /** @throws RepositoryException if the file can't be read or is wrong */
    WatchedKeys(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        this.keys = KeyFile.read(file);
        this.seen = content();
    }

    synchronized KeyFile current() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos >= PAUSE_NANOS) {
            lookedNanos = now;
            look();
        }
        return keys;
    }

    private void look() {
        byte[] content = content();
        if (Arrays.equals(content, seen)) {
            return;
        }
        seen = content;
        try {
            keys = KeyFile.read(file);
            LOG.log(
                    Level.INFO,
                    "{0} has changed: {1} keys hold now",
                    file,
                    keys.entries().size());
        } catch (RepositoryException e) {
            LOG.log(Level.ERROR, "The keys from before hold on: {0}", e.getMessage());
        }
    }

    /** Empty for one that can't be read. */
    private byte[] content() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
