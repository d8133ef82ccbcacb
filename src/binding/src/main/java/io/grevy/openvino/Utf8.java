package io.grevy.openvino;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text across the border: exact for every text that Unicode allows, U+FFFD for what isn't text on either side. */
final class Utf8 {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final byte[] EMPTY = {};

    private Utf8() {}

    /** A lone surrogate becomes U+FFFD: {@link String#getBytes} would make it a question mark. */
    static byte[] encode(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit)) ? encodeCarefully(text) : bytes;
    }

    private static byte[] encodeCarefully(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(REPLACEMENT)
                    .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a replacing encoder replaces", e);
        }
    }

    /** Bytes that aren't UTF-8, such as a character that is cut, become U+FFFD. */
    static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
