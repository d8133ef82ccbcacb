package io.grevy.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * For tokenizers whose text is the tokens' bytes, one after the other, which {@link Detokenizers} finds out: without a
 * native call.
 */
final class VocabularyDetokenizer implements Detokenizer {

    private final byte[][] vocabulary;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The bytes of an unfinished character: at most 3. */
    private ByteBuffer held = ByteBuffer.allocate(0);

    /** @param vocabulary the bytes of each token; none for those that have no text */
    VocabularyDetokenizer(byte[][] vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public String add(long token) {
        byte[] bytes = token >= 0 && token < vocabulary.length ? vocabulary[(int) token] : new byte[0];
        return bytes.length == 0 ? "" : decode(bytes, false);
    }

    @Override
    public String finish() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(held.remaining() + bytes.length);
        in.put(held).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
            decoder.reset();
        }
        held = in.slice();
        return out.flip().toString();
    }
}
