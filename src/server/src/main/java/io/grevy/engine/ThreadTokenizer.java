package io.grevy.engine;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RefusedRequestException;
import io.grevy.openvino.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/** A model's tokenizer, called on its own thread. */
record ThreadTokenizer(
        Tokenizer tokenizer,
        TokenizerThread thread,
        int vocabularySize,
        OptionalInt paddingToken,
        OptionalInt contextLength)
        implements ModelTokenizer {

    @Override
    public int[] encode(String text, boolean addSpecialTokens) throws EngineUnavailableException {
        long[] tokens = serve(() -> tokenizer.encode(text, addSpecialTokens));
        return Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int[] tokens, boolean skipSpecialTokens) throws EngineUnavailableException {
        long[] ids = Arrays.stream(tokens).asLongStream().toArray();
        return serve(() -> tokenizer.decode(ids, skipSpecialTokens));
    }

    private <T> T serve(TokenizerThread.Request<T> request) throws EngineUnavailableException {
        try {
            return thread.serve(request);
        } catch (RefusedRequestException e) {
            throw new IllegalStateException("a tokenizer refuses nothing", e);
        }
    }
}
