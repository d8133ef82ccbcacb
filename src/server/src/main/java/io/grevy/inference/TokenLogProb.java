package io.grevy.inference;

import java.nio.charset.StandardCharsets;

/**
 * A token of an answer.
 *
 * @param bytes what it stands for, in UTF-8; a part of a character possibly
 * @param logProb the natural logarithm of its probability, as the model has it before penalties and sampling
 */
@SuppressWarnings("ArrayRecordComponent") // shared with the vocabulary; whoever holds it must not write to it
public record TokenLogProb(byte[] bytes, float logProb) {

    /** A part of a character as a replacement character. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
