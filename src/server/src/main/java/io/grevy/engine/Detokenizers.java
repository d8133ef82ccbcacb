package io.grevy.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/**
 * A model's detokenizers, chosen when it loads.
 *
 * @param plain leave special tokens out
 * @param special give them as they are written
 */
record Detokenizers(Detokenizer.Factory plain, Detokenizer.Factory special) {

    private static final System.Logger LOG = System.getLogger(Detokenizers.class.getName());

    private static final int SAMPLES = 48;
    private static final int SAMPLE_LENGTH = 12;
    private static final byte[] NONE = {};

    /** A tokenizer, as this thread may call it, and as any thread may. */
    record Decoders(IncrementalDetokenizer.Decoder here, IncrementalDetokenizer.Decoder anywhere) {}

    /**
     * The fast ones if, on random lists of tokens, their text is the tokenizer's own; else the ones for any tokenizer.
     *
     * @param vocabulary the bytes of each token
     * @param special the tokens that have no text
     * @param skipping leave special tokens out
     * @param showing don't
     */
    static Detokenizers choose(byte[][] vocabulary, Set<Integer> special, Decoders skipping, Decoders showing) {
        byte[][] texts = vocabulary.clone();
        special.stream().filter(id -> id >= 0 && id < texts.length).forEach(id -> texts[id] = NONE);
        return new Detokenizers(choose(texts, skipping), choose(vocabulary, showing));
    }

    private static Detokenizer.Factory choose(byte[][] texts, Decoders decoders) {
        if (agrees(texts, decoders.here())) {
            return new Fast(texts);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "This tokenizer's text is not its tokens' bytes joined; it decodes each token natively");
        return new Native(texts, decoders.anywhere());
    }

    private static boolean agrees(byte[][] texts, IncrementalDetokenizer.Decoder decoder) {
        Random random = new Random(0);
        for (int sample = 0; sample < SAMPLES; sample++) {
            long[] tokens =
                    random.ints(SAMPLE_LENGTH, 0, texts.length).asLongStream().toArray();
            if (!comparable(join(new VocabularyDetokenizer(texts), tokens))
                    .equals(comparable(decoder.decode(tokens)))) {
                return false;
            }
        }
        return texts.length > 0;
    }

    private static String join(Detokenizer detokenizer, long[] tokens) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(tokens).forEach(token -> text.append(detokenizer.add(token)));
        return text.append(detokenizer.finish()).toString();
    }

    /** Decoders differ in how many replacement characters stand for a run of invalid bytes; a model makes none. */
    private static String comparable(String text) {
        return text.replaceAll("\\uFFFD+", "\uFFFD");
    }

    private static byte[] at(byte[][] texts, long token) {
        return token >= 0 && token < texts.length ? texts[(int) token] : NONE;
    }

    @SuppressWarnings("ArrayRecordComponent") // the model's vocabulary, never written to
    private record Fast(byte[][] texts) implements Detokenizer.Factory {

        @Override
        public Detokenizer create() {
            return new VocabularyDetokenizer(texts);
        }

        @Override
        public byte[] bytes(long token) {
            return at(texts, token);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Native(byte[][] texts, IncrementalDetokenizer.Decoder decoder) implements Detokenizer.Factory {

        @Override
        public Detokenizer create() {
            return new IncrementalDetokenizer(decoder);
        }

        /** SentencePiece writes a space as a low line block, and a byte as its number. */
        @Override
        public byte[] bytes(long token) {
            String text = new String(at(texts, token), StandardCharsets.UTF_8);
            if (text.matches("<0x[0-9A-F]{2}>")) {
                return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
            }
            return text.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
        }
    }
}
