package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncrementalDetokenizerTest {

    /** Each token is a byte, as in a byte-level vocabulary at its worst; 256 and above are special and have no text. */
    private static String decodeBytes(long[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long token : tokens) {
            if (token < 256) {
                bytes.write((int) token);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** As sentence pieces: each token is a word with a leading space, which the first of a text loses. */
    private static String decodeWords(long[] tokens) {
        StringBuilder text = new StringBuilder();
        for (long token : tokens) {
            text.append(" w").append(token);
        }
        return text.isEmpty() ? "" : text.substring(1);
    }

    private static List<String> pieces(Detokenizer detokenizer, byte[] bytes) {
        List<String> pieces = new ArrayList<>();
        for (byte b : bytes) {
            pieces.add(detokenizer.add(Byte.toUnsignedLong(b)));
        }
        pieces.add(detokenizer.finish());
        return pieces;
    }

    @Test
    void holdsBackACharacterUntilItsLastByte() {
        IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes);

        List<String> pieces = pieces(detokenizer, "a😀é".getBytes(StandardCharsets.UTF_8));

        assertThat(pieces).containsExactly("a", "", "", "", "😀", "", "é", "");
    }

    @Test
    void keepsTheSpacesBetweenSentencePieces() {
        IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeWords);

        assertThat(List.of(detokenizer.add(1), detokenizer.add(2), detokenizer.add(3)))
                .containsExactly("w1", " w2", " w3");
    }

    @Test
    void givesNothingForSpecialTokens() {
        IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes);

        assertThat(List.of(detokenizer.add('a'), detokenizer.add(300), detokenizer.add('b'), detokenizer.finish()))
                .containsExactly("a", "", "b", "");
    }

    @Test
    void givesOutAnUnfinishedCharacterAtTheEnd() {
        IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes);

        assertThat(pieces(detokenizer, new byte[] {'a', (byte) 0xF0, (byte) 0x9F}))
                .containsExactly("a", "", "", "\uFFFD");
    }

    @Test
    void piecesJoinedAreTheWholeText() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            String text = random.ints(40, 1, 0x2FFFF)
                    .filter(Character::isDefined)
                    .filter(c -> Character.getType(c) != Character.SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes);

            assertThat(String.join("", pieces(detokenizer, text.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(text);
        }
    }

    @Test
    void theFastOneGivesTheSamePieces() {
        byte[][] vocabulary = new byte[256][];
        for (int i = 0; i < 256; i++) {
            vocabulary[i] = new byte[] {(byte) i};
        }
        for (String text : List.of("a😀é", "", "plain", "ÄÖÜ 日本 😀😀")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

            assertThat(pieces(new VocabularyDetokenizer(vocabulary), bytes))
                    .isEqualTo(pieces(new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes), bytes));
        }
        assertThat(pieces(new VocabularyDetokenizer(vocabulary), new byte[] {'a', (byte) 0xF0, (byte) 0x9F}))
                .containsExactly("a", "", "", "\uFFFD");
    }

    @Test
    void theFastOneIsChosenOnlyWhereTheTokenizerAgrees() {
        byte[][] words = new byte[300][];
        for (int i = 0; i < words.length; i++) {
            words[i] = (" w" + i).getBytes(StandardCharsets.UTF_8);
        }
        IncrementalDetokenizer.Decoder joined = tokens -> {
            StringBuilder text = new StringBuilder();
            for (long token : tokens) {
                text.append(" w").append(token);
            }
            return text.toString();
        };

        Detokenizers.Decoders agreeing = new Detokenizers.Decoders(joined, joined);
        Detokenizers.Decoders differing = new Detokenizers.Decoders(
                IncrementalDetokenizerTest::decodeWords, IncrementalDetokenizerTest::decodeWords);

        Detokenizers chosen = Detokenizers.choose(words, Set.of(), agreeing, differing);

        assertThat(chosen.plain().create()).isInstanceOf(VocabularyDetokenizer.class);
        assertThat(chosen.special().create()).isInstanceOf(IncrementalDetokenizer.class);
    }

    @Test
    void aTokensBytesAreThoseThatItStandsFor() {
        byte[][] words = {utf8(" red"), utf8("\u2581red"), utf8("<0xF0>"), utf8("<end>")};
        Detokenizers.Decoders none = new Detokenizers.Decoders(tokens -> "?", tokens -> "?");

        Detokenizers chosen = Detokenizers.choose(words, Set.of(3), none, none);

        assertThat(chosen.plain().bytes(0)).isEqualTo(utf8(" red"));
        assertThat(chosen.plain().bytes(1)).as("SentencePiece's space").isEqualTo(utf8(" red"));
        assertThat(chosen.plain().bytes(2)).as("SentencePiece's byte").containsExactly(0xf0);
        assertThat(chosen.plain().bytes(3)).as("a special token").isEmpty();
        assertThat(chosen.special().bytes(3)).isEqualTo(utf8("<end>"));
        assertThat(chosen.plain().bytes(4)).as("beyond the vocabulary").isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void invalidBytesDoNotHoldBackTheRestForEver() {
        IncrementalDetokenizer detokenizer = new IncrementalDetokenizer(IncrementalDetokenizerTest::decodeBytes);
        byte[] bytes = new byte[100];
        java.util.Arrays.fill(bytes, (byte) 0x80);

        List<String> pieces = pieces(detokenizer, bytes);

        assertThat(pieces.subList(0, 10)).anyMatch(piece -> !piece.isEmpty());
        assertThat(String.join("", pieces)).isEqualTo("\uFFFD".repeat(100));
    }
}
