package io.grevy.inference;

import java.util.OptionalInt;

/**
 * Turns texts into a model's tokens and back. Thread-safe. A call waits for those before it, on whatever thread the
 * model's tokenizer runs; it takes about a millisecond for each thousand characters.
 */
public interface ModelTokenizer {

    /**
     * @param addSpecialTokens whether the tokens are added that begin and end a text, where the model has such
     * @throws EngineUnavailableException if the model is being unloaded
     */
    int[] encode(String text, boolean addSpecialTokens) throws EngineUnavailableException;

    /**
     * @param tokens ids from 0 to below {@link #vocabularySize}
     * @param skipSpecialTokens whether special tokens are left out
     * @throws EngineUnavailableException if the model is being unloaded
     */
    String decode(int[] tokens, boolean skipSpecialTokens) throws EngineUnavailableException;

    /** How many tokens there are. */
    int vocabularySize();

    /** The token that fills up what is to have a certain length, if the model has one. */
    OptionalInt paddingToken();

    /** The most tokens of prompt and answer together, if it is known. */
    OptionalInt contextLength();
}
