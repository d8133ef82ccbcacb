package io.grevy.openai.json;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Knows whether it was read to its end. */
final class EndAwareReader extends FilterReader {

    private boolean ended;

    EndAwareReader(Reader text) {
        super(text);
    }

    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        ended = c < 0;
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        ended = count < 0;
        return count;
    }
}
