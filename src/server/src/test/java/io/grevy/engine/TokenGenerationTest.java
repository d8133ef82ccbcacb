package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.Cause;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Failed;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.Stopping;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.openvino.Finish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TokenGenerationTest {

    private static final float[] NONE = {};

    private final List<Integer> cancelled = new ArrayList<>();

    private TokenGeneration generation(int choices, String... stops) {
        return generation(choices, new Stopping(OptionalInt.empty(), 0, List.of(stops), false, Set.of(), false));
    }

    private TokenGeneration generation(int choices, Stopping stopping) {
        return new TokenGeneration(new Letters(), stopping, choices, false, cancelled::add, () -> {});
    }

    /** A tokenizer whose tokens are characters. */
    private static final class Letters implements Detokenizer.Factory {

        @Override
        public Detokenizer create() {
            return new IncrementalDetokenizer(TokenGenerationTest::letters);
        }

        @Override
        public byte[] bytes(long token) {
            return letters(new long[] {token}).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String letters(long[] tokens) {
        StringBuilder text = new StringBuilder();
        for (long token : tokens) {
            text.append((char) token);
        }
        return text.toString();
    }

    private static long[] tokens(String text) {
        return text.chars().asLongStream().toArray();
    }

    private static List<GenerationEvent> drain(TokenGeneration generation) throws InterruptedException {
        List<GenerationEvent> events = new ArrayList<>();
        while (true) {
            GenerationEvent event = generation.next(Duration.ZERO).orElseThrow();
            events.add(event);
            if (event instanceof Finished || event instanceof Failed) {
                return events;
            }
        }
    }

    @Test
    void tellsEachTokensTextThenTheReasonThenTheUsage() throws Exception {
        TokenGeneration generation = generation(1);
        generation.gained(0, tokens("a"), NONE);
        generation.gained(0, tokens("b"), NONE);
        generation.ended(0, Finish.LENGTH, 7);

        assertThat(drain(generation))
                .containsExactly(
                        new Text(0, "a", 1),
                        new Text(0, "b", 1),
                        new ChoiceEnded(0, FinishReason.LENGTH),
                        new Finished(new Usage(7, 2)));
    }

    @Test
    void aStopStringEndsTheChoiceAndCancelsItInTheEngine() throws Exception {
        TokenGeneration generation = generation(1, "cd");
        generation.gained(0, tokens("abc"), NONE);
        generation.gained(0, tokens("def"), NONE);
        generation.ended(0, Finish.CANCELLED, 3);

        assertThat(drain(generation))
                .containsExactly(
                        new Text(0, "a", 1),
                        new Text(0, "b", 1),
                        new ChoiceEnded(0, FinishReason.STOP, Optional.of("cd")),
                        new Finished(new Usage(3, 4)));
        assertThat(cancelled).containsExactly(0);
    }

    @Test
    void textHeldBackForAStopComesFreeAtTheEnd() throws Exception {
        TokenGeneration generation = generation(1, "xyz");
        generation.gained(0, tokens("axy"), NONE);
        generation.ended(0, Finish.STOP, 1);

        assertThat(drain(generation))
                .containsExactly(
                        new Text(0, "a", 1),
                        new Text(0, "xy", 2),
                        new ChoiceEnded(0, FinishReason.STOP),
                        new Finished(new Usage(1, 3)));
    }

    @Test
    void choicesEndOneByOneAndThePromptCountsOnce() throws Exception {
        TokenGeneration generation = generation(2);
        generation.gained(1, tokens("x"), NONE);
        generation.ended(1, Finish.STOP, 5);
        generation.gained(0, tokens("yz"), NONE);
        generation.ended(0, Finish.STOP, 5);

        assertThat(drain(generation))
                .containsExactly(
                        new Text(1, "x", 1),
                        new ChoiceEnded(1, FinishReason.STOP),
                        new Text(0, "y", 1),
                        new Text(0, "z", 1),
                        new ChoiceEnded(0, FinishReason.STOP),
                        new Finished(new Usage(5, 3)));
    }

    @Test
    void aPromptThatDoesNotFitTheCacheIsTheRequestsFault() throws Exception {
        TokenGeneration generation = generation(1);
        generation.ended(0, Finish.IGNORED, 0);

        assertThat(drain(generation)).singleElement().isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(Cause.REQUEST);
            assertThat(failed.message()).contains("does not fit the model's KV cache");
        });
    }

    @Test
    void anAnswerThatTheCacheNoLongerHoldsEndsAtItsLength() throws Exception {
        TokenGeneration generation = generation(1);
        generation.gained(0, tokens("a"), NONE);
        generation.ended(0, Finish.IGNORED, 4);

        assertThat(drain(generation))
                .containsExactly(
                        new Text(0, "a", 1), new ChoiceEnded(0, FinishReason.LENGTH), new Finished(new Usage(4, 1)));
    }

    @Test
    void anEngineFailureIsTheLastEventAndOvertakesTheTokensBeforeIt() throws Exception {
        TokenGeneration generation = generation(1);
        generation.gained(0, tokens("a"), NONE);
        generation.failed("out of memory");

        assertThat(drain(generation)).containsExactly(new Failed(Cause.ENGINE, "out of memory"));
        assertThatThrownBy(() -> generation.next(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesNothingWhenPatienceEnds() throws Exception {
        assertThat(generation(1).next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void closingCancelsEveryChoiceOnce() {
        TokenGeneration generation = generation(2);

        generation.close();
        generation.close();

        assertThat(cancelled).containsExactly(0, 1);
    }

    @Test
    void whoWaitsForAClosedOneLearnsThatItWasCancelled() throws Exception {
        TokenGeneration generation = generation(1);
        generation.gained(0, tokens("a"), NONE);
        assertThat(generation.next(Duration.ZERO)).contains(new Text(0, "a", 1));

        generation.close();

        assertThat(generation.next(Duration.ofSeconds(60)))
                .contains(new Failed(Cause.CANCELLED, "The generation was cancelled."));
    }

    @Test
    void beforeTheLeastTokensNoStopStringEndsAChoice() throws Exception {
        TokenGeneration generation =
                generation(1, new Stopping(OptionalInt.empty(), 4, List.of("x"), false, Set.of(), false));
        generation.gained(0, tokens("axbxc"), NONE);
        generation.ended(0, Finish.CANCELLED, 1);

        assertThat(text(drain(generation))).isEqualTo("axb");
    }

    @Test
    void eachTextComesWithTheTokensThatBeginInIt() throws Exception {
        // é, cut in two; then xy, held back as what may become the stop string; then the stop string itself.
        byte[][] vocabulary = {
            utf8("a"), {(byte) 0xC3}, {(byte) 0xA9}, utf8("bx"), utf8("y"), utf8("c"), {}, utf8("xyz")
        };
        Detokenizer.Factory spelled = new Detokenizer.Factory() {
            @Override
            public Detokenizer create() {
                return new VocabularyDetokenizer(vocabulary);
            }

            @Override
            public byte[] bytes(long token) {
                return vocabulary[(int) token];
            }
        };
        TokenGeneration generation = new TokenGeneration(
                spelled,
                new Stopping(OptionalInt.empty(), 0, List.of("xyz"), false, Set.of(), false),
                1,
                true,
                cancelled::add,
                () -> {});
        generation.gained(0, new long[] {0, 1, 2, 3, 4, 5, 6, 7, 0}, new float[] {-1, -2, -3, -4, -5, -6, -7, -8, -9});
        generation.ended(0, Finish.CANCELLED, 3);

        List<GenerationEvent> events = drain(generation);

        assertThat(events)
                .filteredOn(Text.class::isInstance)
                .extracting(event -> ((Text) event).text() + " " + logProbs((Text) event))
                .containsExactly("a [-1.0]", "é [-2.0, -3.0]", "b [-4.0]", "xyc [-5.0, -6.0]");
        assertThat(events)
                .endsWith(new ChoiceEnded(0, FinishReason.STOP, Optional.of("xyz")), new Finished(new Usage(3, 8)));
    }

    @Test
    void aTokenThatHoldsTextAndTheStopIsTheTexts() throws Exception {
        TokenGeneration generation = new TokenGeneration(
                new Letters(),
                new Stopping(OptionalInt.empty(), 0, List.of("bc"), true, Set.of(), false),
                1,
                true,
                cancelled::add,
                () -> {});
        generation.gained(0, tokens("abcd"), new float[] {-1, -2, -3, -4});
        generation.ended(0, Finish.CANCELLED, 3);

        assertThat(drain(generation))
                .filteredOn(Text.class::isInstance)
                .extracting(event -> ((Text) event).text() + " " + logProbs((Text) event))
                .containsExactly("a [-1.0]", "bc [-2.0, -3.0]");
    }

    private static List<Float> logProbs(Text text) {
        return text.logProbs().stream().map(TokenLogProb::logProb).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<GenerationEvent> events) {
        return events.stream()
                .filter(Text.class::isInstance)
                .map(event -> ((Text) event).text())
                .collect(Collectors.joining());
    }
}
