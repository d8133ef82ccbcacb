package io.grevy.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.Choices;
import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Stopping;
import io.grevy.inference.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SteadyEngineTest {

    private static final int TOKENS = 3;

    @Test
    void emitsEachTokenWithItsTimeAndThenEnds() throws Exception {
        try (SteadyEngine engine = new SteadyEngine(1);
                Generation generation = engine.start(request())) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < TOKENS; i++) {
                GenerationEvent.Text text = (GenerationEvent.Text) next(generation);
                times.add(Long.valueOf(text.text().strip()));
            }

            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(next(generation)).isEqualTo(new GenerationEvent.ChoiceEnded(0, FinishReason.LENGTH));
            assertThat(next(generation)).isEqualTo(new GenerationEvent.Finished(new Usage(1, TOKENS)));
        }
    }

    @Test
    void endsAGenerationThatIsClosed() throws Exception {
        try (SteadyEngine engine = new SteadyEngine(1)) {
            Generation generation = engine.start(request());
            generation.close();

            GenerationEvent last = next(generation);
            while (last instanceof GenerationEvent.Text) {
                last = next(generation);
            }
            assertThat(last).isInstanceOf(GenerationEvent.Failed.class);
        }
    }

    private static GenerationEvent next(Generation generation) throws InterruptedException {
        return generation.next(Duration.ofMinutes(10)).orElseThrow();
    }

    private static InferenceRequest request() {
        InferenceRequest plain = InferenceRequest.of("r", List.of());
        return new InferenceRequest(
                plain.id(),
                plain.messages(),
                plain.tools(),
                plain.prompting(),
                plain.sampling(),
                plain.assistance(),
                new Stopping(OptionalInt.of(TOKENS), 0, List.of(), false, Set.of(), false),
                Choices.independent(1),
                plain.structure(),
                plain.rendering());
    }
}
