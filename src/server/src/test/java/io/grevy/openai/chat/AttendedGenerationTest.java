package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.Text;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttendedGenerationTest {

    private final BlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean clientIsThere = new AtomicBoolean(true);
    private final Generation generation = new AttendedGeneration(
            new Generation() {
                @Override
                public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
                    return Optional.ofNullable(events.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
                }

                @Override
                public void close() {
                    events.clear();
                }
            },
            () -> {
                if (!clientIsThere.get()) {
                    throw new ClientGoneException();
                }
            });

    @Test
    void passesEventsOn() throws Exception {
        events.add(new Text(0, "a", 1));

        assertThat(generation.next(Duration.ofMinutes(1))).contains(new Text(0, "a", 1));
        assertThat(generation.next(Duration.ofMillis(250))).isEmpty();
    }

    @Test
    void endsWhileNothingComesIfTheClientGoes() {
        clientIsThere.set(false);

        assertThatThrownBy(() -> generation.next(Duration.ofMinutes(10))).isInstanceOf(ClientGoneException.class);
    }
}
