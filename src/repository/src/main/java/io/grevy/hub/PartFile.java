package io.grevy.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** The beginning of a file that is being fetched, on disk, with the digest of what is there. For one thread. */
final class PartFile implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final HubFile file;
    private final FileChannel channel;
    private MessageDigest digest;
    private long length;

    private PartFile(HubFile file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.digest = file.checksum().begin(file.size());
    }

    /** Opens what an earlier attempt has left, or an empty one. What is there is read, for the digest. */
    static PartFile open(HubFile file, Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        PartFile part = new PartFile(file, channel);
        try {
            if (channel.size() > file.size()) {
                channel.truncate(0);
            }
            part.readAll();
            return part;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long length() {
        return length;
    }

    long missing() {
        return file.size() - length;
    }

    /** Adds bytes, which must not be more than are missing. */
    void append(ByteBuffer bytes) throws IOException {
        ByteBuffer written = bytes.duplicate();
        while (bytes.hasRemaining()) {
            length += channel.write(bytes);
        }
        digest.update(written);
    }

    void clear() throws IOException {
        channel.truncate(0);
        channel.position(0);
        length = 0;
        digest = file.checksum().begin(file.size());
    }

    /** Whether the bytes are those that the hub lists; to be asked once, when none is missing. */
    boolean isIntact() {
        return file.checksum().matches(digest);
    }

    /** Sees to it that the bytes outlast a loss of power. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void readAll() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        while (length < channel.size() && channel.read(buffer) > 0) {
            length += buffer.position();
            digest.update(buffer.flip());
            buffer.clear();
        }
    }
}
