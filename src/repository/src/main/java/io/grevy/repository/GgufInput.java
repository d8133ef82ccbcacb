package io.grevy.repository;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the little-endian values of a GGUF header one after the other. No length in the file is believed unchecked. */
final class GgufInput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_TEXT = 16 << 20;

    private final BufferedInputStream in;
    private long left;

    GgufInput(Path file) throws IOException {
        this.left = Files.size(file);
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    int number() throws IOException {
        return bytes(Integer.BYTES).getInt();
    }

    /** @throws IOException if the number is larger than what is left of the file */
    long count() throws IOException {
        long count = bytes(Long.BYTES).getLong();
        if (count < 0 || count > left) {
            throw new IOException("a count of " + Long.toUnsignedString(count) + " where " + left + " bytes are left");
        }
        return count;
    }

    String text() throws IOException {
        long length = count();
        if (length > MOST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        return StandardCharsets.UTF_8.decode(bytes((int) length)).toString();
    }

    ByteBuffer bytes(int size) throws IOException {
        if (size > left) {
            throw new EOFException("the file ends early");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the file ends early");
        }
        left -= size;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void skip(long size) throws IOException {
        if (size < 0 || size > left) {
            throw new EOFException("the file ends early");
        }
        in.skipNBytes(size);
        left -= size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
