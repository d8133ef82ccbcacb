package io.grevy.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one pull at a time work in a staging folder, of this process and of all others. The lock's file lies in that
 * folder and goes with it; the system takes the lock back from a process that dies.
 */
final class PullLock implements AutoCloseable {
    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock own;
    private final FileChannel channel;

    private PullLock(ReentrantLock own, FileChannel channel) {
        this.own = own;
        this.channel = channel;
    }

    /**
     * Waits until no other holds it.
     *
     * @param waiting told when there is another
     */
    static PullLock acquire(Path folder, Runnable waiting) throws IOException, InterruptedException {
        ReentrantLock own = OF_THIS_PROCESS.computeIfAbsent(folder.toAbsolutePath(), path -> new ReentrantLock());
        if (!own.tryLock()) {
            waiting.run();
            own.lockInterruptibly();
        }
        try {
            return new PullLock(own, locked(folder, waiting));
        } catch (IOException | RuntimeException e) {
            own.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path folder, Runnable waiting) throws IOException {
        while (true) {
            Files.createDirectories(folder);
            Optional<FileChannel> channel = attempt(folder.resolve("lock"), waiting);
            if (channel.isPresent()) {
                return channel.get();
            }
        }
    }

    // Who waited may hold the lock of a file that went with its folder, while another locks the new one of that name;
    // so the file has to be the same before and after. Nobody may open it a second time: closing it would end the lock.
    private static Optional<FileChannel> attempt(Path file, Runnable waiting) throws IOException {
        Optional<Object> before = key(file);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    before.isPresent() ? StandardOpenOption.WRITE : StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            return Optional.empty();
        }
        try {
            Optional<Object> opened = key(file);
            if (before.isEmpty() || before.equals(opened)) {
                if (channel.tryLock() == null) {
                    waiting.run();
                    channel.lock();
                }
                if (opened.isPresent() && key(file).equals(opened)) {
                    return Optional.of(channel);
                }
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private static Optional<Object> key(Path file) throws IOException {
        try {
            return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            own.unlock();
        }
    }
}
