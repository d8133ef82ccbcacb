package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningAnswersTest {

    private final RunningAnswers running = new RunningAnswers();

    @Test
    void anAnswerCanBeCancelledWhileItIsListed() {
        Closable answer = new Closable();

        try (RunningAnswers.Entry entry = running.enter("chatcmpl-1", answer)) {
            assertThat(running.cancel("chatcmpl-2")).isFalse();
            assertThat(answer.closed).isFalse();
            assertThat(running.cancel("chatcmpl-1")).isTrue();
            assertThat(answer.closed).isTrue();
        }
        assertThat(running.cancel("chatcmpl-1")).isFalse();
    }

    private static final class Closable implements Generation {
        private boolean closed;

        @Override
        public Optional<GenerationEvent> next(Duration patience) {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
