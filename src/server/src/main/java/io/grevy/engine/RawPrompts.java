package io.grevy.engine;

import io.grevy.inference.RawPrompt;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.openvino.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes prompts of what clients wrote as such, without a chat template. On the tokenizer's thread.
 *
 * <p>A pipeline that takes the prompt's text makes tokens of it itself, without adding any. So tokens go to it as the
 * text of which it makes just these; where there is none, they are refused.
 */
final class RawPrompts {

    private final Tokenizer tokenizer;
    private final int vocabularySize;
    private final ReservedText reserved;
    private final ReservedText pictureTags;
    private final boolean takesTokens;

    /**
     * @param reserved what a text may not hold
     * @param pictureTags what tokens may not stand for
     * @param takesTokens whether the pipeline wants the prompt's tokens rather than its text
     */
    RawPrompts(Tokenizer tokenizer, ReservedText reserved, ReservedText pictureTags, boolean takesTokens) {
        this.tokenizer = tokenizer;
        this.vocabularySize = tokenizer.vocabularySize();
        this.reserved = reserved;
        this.pictureTags = pictureTags;
        this.takesTokens = takesTokens;
    }

    ComposedPrompt compose(RawPrompt prompt) throws RefusedRequestException {
        long[] tokens = prompt instanceof RawPrompt.Text text ? tokens(text) : tokens((RawPrompt.Tokens) prompt);
        if (tokens.length == 0) {
            throw new RefusedRequestException(
                    Reason.INVALID_VALUE, prompt.field(), prompt.field() + " must hold at least one token.");
        }
        if (takesTokens) {
            return new ComposedPrompt("", Optional.of(tokens));
        }
        String text = tokenizer.decode(tokens, false);
        if (!Arrays.equals(tokenizer.encode(text, false), tokens)) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED,
                    prompt.field(),
                    prompt.field()
                            + " is not supported by this model: it takes text, of which it would make other tokens.");
        }
        return new ComposedPrompt(text, Optional.empty());
    }

    private long[] tokens(RawPrompt.Text prompt) throws RefusedRequestException {
        reserved.check(prompt.text(), prompt.field());
        return tokenizer.encode(prompt.text(), prompt.addSpecialTokens());
    }

    private long[] tokens(RawPrompt.Tokens prompt) throws RefusedRequestException {
        for (int id : prompt.ids()) {
            if (id >= vocabularySize) {
                throw new RefusedRequestException(
                        Reason.INVALID_VALUE,
                        prompt.field(),
                        "%s holds %d; this model's tokens are numbered from 0 to %d."
                                .formatted(prompt.field(), id, vocabularySize - 1));
            }
        }
        long[] tokens = prompt.ids().stream().mapToLong(Integer::longValue).toArray();
        pictureTags.check(tokenizer.decode(tokens, false), prompt.field());
        return tokens;
    }
}
