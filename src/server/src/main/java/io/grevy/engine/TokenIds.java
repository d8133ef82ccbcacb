package io.grevy.engine;

import io.grevy.openvino.Tokenizer;
import java.util.OptionalInt;

/**
 * What ids a model's tokens have.
 *
 * @param count they are below it
 * @param end the tokenizer's end of sequence
 */
record TokenIds(int count, OptionalInt end) {

    static TokenIds of(Tokenizer tokenizer) {
        long end = tokenizer.eosTokenId();
        return new TokenIds(
                tokenizer.vocabularySize(), end < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(end)));
    }
}
