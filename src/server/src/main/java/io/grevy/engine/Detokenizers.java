package io.grevy.engine;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/** Chooses a model's detokenizer when it loads. */
final class Detokenizers {

    private static final System.Logger LOG = System.getLogger(Detokenizers.class.getName());
    private static final int SAMPLES = 48;
    private static final int SAMPLE_LENGTH = 12;

    private Detokenizers() {}

    /**
     * The fast one if, on random lists of tokens, its text is the tokenizer's own; else the one for any tokenizer.
     *
     * @param vocabulary the bytes of each token
     * @param special the tokens that have no text
     * @param here the tokenizer, as this thread may call it
     * @param anywhere the tokenizer, as any thread may
     */
    static Detokenizer.Factory choose(
            byte[][] vocabulary,
            Set<Integer> special,
            IncrementalDetokenizer.Decoder here,
            IncrementalDetokenizer.Decoder anywhere) {
        byte[][] texts = vocabulary.clone();
        special.stream().filter(id -> id >= 0 && id < texts.length).forEach(id -> texts[id] = new byte[0]);
        if (agrees(texts, here)) {
            return () -> new VocabularyDetokenizer(texts);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "This tokenizer's text is not its tokens' bytes joined; it decodes each token natively");
        return () -> new IncrementalDetokenizer(anywhere);
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
}
