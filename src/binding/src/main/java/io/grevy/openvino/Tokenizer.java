package io.grevy.openvino;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.Pointer;

/**
 * A pipeline's tokenizer. Any thread may call it, also while the pipeline generates.
 *
 * <p>Texts cross in UTF-8 with whatever they contain, NUL characters too; a lone surrogate, which is no character,
 * becomes U+FFFD.
 *
 * <p>Every method throws {@link EngineException} with the engine's own text if that refuses, and
 * {@link IllegalStateException} once the pipeline is closed.
 */
public final class Tokenizer {
    private final NativeHandle<? extends Pointer> pipeline;
    private final GenAi.Tokens tokens;

    Tokenizer(NativeHandle<? extends Pointer> pipeline, GenAi.Tokens tokens) {
        this.pipeline = pipeline;
        this.tokens = tokens;
    }

    /**
     * @param addSpecialTokens whether the tokens that begin and end a text are added: not for a prompt from a template,
     *     which has them
     */
    public long[] encode(String text, boolean addSpecialTokens) {
        byte[] bytes = Utf8.encode(text);
        return pipeline.call(open -> {
            try (GenAi.Longs out = new GenAi.Longs()) {
                tokens.encode(bytes, bytes.length, addSpecialTokens, out);
                long[] ids = new long[Math.toIntExact(out.size())];
                out.copyTo(ids);
                return ids;
            }
        });
    }

    /**
     * The text of some tokens. A character of which the tokens hold only a part becomes U+FFFD; a token beyond the
     * vocabulary becomes nothing.
     *
     * @throws IllegalArgumentException if an id is negative or above 2<sup>31</sup> - 1
     */
    public String decode(long[] tokens, boolean skipSpecialTokens) {
        requireIds(tokens);
        return pipeline.call(
                open -> Bytes.text(out -> this.tokens.decode(tokens, tokens.length, skipSpecialTokens, out)));
    }

    /**
     * A prompt of messages, in the form that the model was trained with.
     *
     * @param messagesJson an array of messages, as the OpenAI API has them
     * @param addGenerationPrompt whether the prompt ends where the model's answer begins
     * @param chatTemplate a Jinja template, empty for the model's own
     * @param extraContextJson an object of further variables for the template, empty for none
     * @param toolsJson an array of tools, empty for none
     */
    public String applyChatTemplate(
            String messagesJson,
            boolean addGenerationPrompt,
            String chatTemplate,
            String extraContextJson,
            String toolsJson) {
        byte[] messages = Utf8.encode(messagesJson);
        byte[] template = Utf8.encode(chatTemplate);
        byte[] extraContext = Utf8.encode(extraContextJson);
        byte[] tools = Utf8.encode(toolsJson);
        return pipeline.call(open -> Bytes.text(out -> tokens.applyChatTemplate(
                messages,
                messages.length,
                addGenerationPrompt,
                template,
                template.length,
                extraContext,
                extraContext.length,
                tools,
                tools.length,
                out)));
    }

    /** The model's own chat template, empty if it has none. */
    public String chatTemplate() {
        return pipeline.call(open -> Bytes.text(tokens::chatTemplate));
    }

    /** The token that ends a text, -1 if there is none. */
    public long eosTokenId() {
        return pipeline.call(open -> tokens.endOfSequence());
    }

    /** The token that begins a text, -1 if there is none. */
    public long bosTokenId() {
        return pipeline.call(open -> tokens.beginOfSequence());
    }

    /** How many tokens the vocabulary has. */
    public int vocabularySize() {
        return pipeline.call(open -> Math.toIntExact(tokens.vocabularySize()));
    }

    /**
     * The bytes that each token stands for, by its id: of a piece of a character those alone. A special token stands
     * for its name. Copies the whole vocabulary: call it once a model. With it a stream of tokens becomes text without
     * a native call for each, where {@link #decode} costs a fraction of a millisecond.
     */
    public byte[][] vocabulary() {
        return pipeline.call(open -> {
            ByteBuffer all = ByteBuffer.wrap(Bytes.of(tokens::vocabulary)).order(ByteOrder.nativeOrder());
            byte[][] vocabulary = new byte[Math.toIntExact(tokens.vocabularySize())][];
            for (int id = 0; id < vocabulary.length; id++) {
                vocabulary[id] = new byte[all.getInt()];
                all.get(vocabulary[id]);
            }
            return vocabulary;
        });
    }

    /** The engine counts tokens in 32 bits, and would take the lower half of a larger number. */
    static void requireIds(long[] tokens) {
        for (long token : tokens) {
            if (token < 0 || token > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("no token has the id " + token);
            }
        }
    }
}
