package io.grevy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void isTheEarlierOfTheServersAndTheRequests() {
        long now = System.nanoTime();

        assertThat(Deadline.of(now, HOUR, Optional.of(MINUTE)).after()).isEqualTo(MINUTE);
        assertThat(Deadline.of(now, MINUTE, Optional.of(HOUR)).after()).isEqualTo(MINUTE);
        assertThat(Deadline.of(now, MINUTE, Optional.empty()).after()).isEqualTo(MINUTE);
        assertThat(Deadline.of(now, Duration.ZERO, Optional.of(HOUR)).after()).isEqualTo(HOUR);
        assertThat(Deadline.of(now, Duration.ZERO, Optional.empty())).isEqualTo(Deadline.never());
    }

    @Test
    void countsFromTheArrival() {
        long now = System.nanoTime();

        assertThat(Deadline.of(now, HOUR, Optional.empty()).passed()).isFalse();
        assertThat(Deadline.of(now - HOUR.toNanos(), MINUTE, Optional.empty()).passed())
                .isTrue();
        assertThat(Deadline.never().passed()).isFalse();
    }
}
