package io.grevy.inference;

import java.util.List;

/** A prompt as the client wrote it, in place of a conversation: no chat template is applied. */
public sealed interface RawPrompt {

    /** Where in the request it stands, for messages about it. */
    String field();

    /**
     * Text. It never holds picture tags or special tokens of the model: the engine refuses such text.
     *
     * @param addSpecialTokens whether the tokens are added that begin and end a text, where the model has such
     */
    record Text(String field, String text, boolean addSpecialTokens) implements RawPrompt {}

    /** Tokens of the model, special ones among them if the client wants so. */
    record Tokens(String field, List<Integer> ids) implements RawPrompt {

        public Tokens {
            ids = List.copyOf(ids);
        }
    }
}
