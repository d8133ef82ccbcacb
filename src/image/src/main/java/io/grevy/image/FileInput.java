package io.grevy.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory as ImageIO reads it, which does not let a reader go on for ever past its end.
 *
 * <p>Some readers take the end of the data for zeros, of which there are then as many as the headers ask
 * for: a few bytes of WebP can keep one busy for minutes. A reader that looks ahead meets the end a few
 * times, so that is allowed.
 */
final class FileInput extends ImageInputStreamImpl {

    private static final int MOST_ENDS = 100;

    private final byte[] file;
    private int ends;

    FileInput(byte[] file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        return streamPos < file.length ? file[(int) streamPos++] & 0xff : end();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, file.length - streamPos);
        if (count <= 0) {
            return end();
        }
        System.arraycopy(file, (int) streamPos, to, offset, count);
        streamPos += count;
        return count;
    }

    private int end() throws PastEndException {
        if (++ends > MOST_ENDS) {
            throw new PastEndException();
        }
        return -1;
    }

    @Override
    public long length() {
        return file.length;
    }

    /** Not an EOFException, since those are what the readers swallow. */
    static final class PastEndException extends IOException {
        private static final long serialVersionUID = 1;

        PastEndException() {
            super("The reader went on past the end of the file");
        }
    }
}
