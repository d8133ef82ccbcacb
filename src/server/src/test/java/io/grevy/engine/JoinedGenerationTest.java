package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Stopping;
import io.grevy.inference.Usage;
import io.grevy.openvino.Finish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JoinedGenerationTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Arrivals arrivals = new Arrivals();
    private final TokenGeneration first = part();
    private final TokenGeneration second = part();
    private final JoinedGeneration joined = new JoinedGeneration(List.<Generation>of(first, second), 1, arrivals);

    @Test
    void tellsWhatEachOfItsPartsHasWithTheirChoicesNumberedOn() throws Exception {
        tokens(second, "b");
        tokens(first, "a");

        assertThat(List.of(next(), next()))
                .containsExactlyInAnyOrder(new GenerationEvent.Text(0, "a", 1), new GenerationEvent.Text(1, "b", 1));
    }

    @Test
    void addsUpTheUsageWhenTheLastPartHasEnded() throws Exception {
        tokens(first, "a");
        first.ended(0, Finish.LENGTH, 3);
        second.ended(0, Finish.STOP, 4);

        assertThat(List.of(next(), next(), next()))
                .containsExactlyInAnyOrder(
                        new GenerationEvent.Text(0, "a", 1),
                        new GenerationEvent.ChoiceEnded(0, FinishReason.LENGTH),
                        new GenerationEvent.ChoiceEnded(1, FinishReason.STOP));
        assertThat(next()).isEqualTo(new GenerationEvent.Finished(new Usage(7, 1)));
    }

    /** Neither part is waited for longer than the other. */
    @Test
    void isWokenByWhicheverPartHasSomethingFirst() throws Exception {
        for (TokenGeneration part : List.of(first, second, second, first)) {
            CompletableFuture<Optional<GenerationEvent>> told = reader();
            tokens(part, "x");

            assertThat(told.get()).contains(new GenerationEvent.Text(part == first ? 0 : 1, "x", 1));
        }
    }

    @Test
    void hasNothingWhenNothingComesInTime() throws Exception {
        tokens(first, "a");
        assertThat(next()).isEqualTo(new GenerationEvent.Text(0, "a", 1));

        assertThat(joined.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void endsWhenItIsClosedWhileItWaits() throws Exception {
        CompletableFuture<Optional<GenerationEvent>> told = reader();

        joined.close();

        assertThat(told.get()).containsInstanceOf(GenerationEvent.Failed.class);
    }

    private CompletableFuture<Optional<GenerationEvent>> reader() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return joined.next(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private GenerationEvent next() throws InterruptedException {
        return joined.next(LONG).orElseThrow();
    }

    private static void tokens(TokenGeneration part, String text) {
        part.gained(0, text.chars().asLongStream().toArray(), new float[0]);
    }

    private TokenGeneration part() {
        return new TokenGeneration(new Letters(), Stopping.unspecified(), 1, false, choice -> {}, arrivals::tell);
    }

    /** A tokenizer whose tokens are characters. */
    private static final class Letters implements Detokenizer.Factory {

        @Override
        public Detokenizer create() {
            return new IncrementalDetokenizer(tokens -> {
                StringBuilder text = new StringBuilder();
                for (long token : tokens) {
                    text.append((char) token);
                }
                return text.toString();
            });
        }

        @Override
        public byte[] bytes(long token) {
            return new byte[] {(byte) token};
        }
    }
}
