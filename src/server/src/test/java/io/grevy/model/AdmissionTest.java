package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void rejectsTheRequestPastItsLimit() throws Exception {
        Admission admission = new Admission(1, 1);
        admission.admit();
        assertThat(admission.awaitTurn(LONG)).isTrue();
        admission.admit();

        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(1);
        assertThatThrownBy(admission::admit)
                .isInstanceOf(QueueFullException.class)
                .hasMessage("1 requests run and 1 wait for this model; no more may wait.");
    }

    @Test
    void aTurnGivenBackGoesToWhoeverWaits() throws Exception {
        Admission admission = new Admission(1, 1);
        admission.admit();
        assertThat(admission.awaitTurn(LONG)).isTrue();
        admission.admit();
        CountDownLatch started = new CountDownLatch(1);
        Future<?> second = threads.submit(() -> {
            started.countDown();
            assertThat(admission.awaitTurn(LONG)).isTrue();
            return null;
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.isDone()).isFalse();

        admission.giveBackTurn();
        admission.giveBackPlace();

        second.get(10, TimeUnit.SECONDS);
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void aTurnThatDoesNotComeInTimeIsNotTaken() throws Exception {
        Admission admission = new Admission(1, 1);
        admission.admit();
        assertThat(admission.awaitTurn(LONG)).isTrue();
        admission.admit();

        assertThat(admission.awaitTurn(Duration.ofMillis(5))).isFalse();

        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void drainingWaitsForThoseThatRunAndTurnsNewOnesAway() throws Exception {
        Admission admission = new Admission(1, 1);
        admission.admit();
        assertThat(admission.awaitTurn(LONG)).isTrue();

        assertThat(admission.drain(Duration.ofMillis(10))).isFalse();
        assertThatThrownBy(admission::admit).isInstanceOf(ModelUnavailableException.class);

        admission.giveBackTurn();
        admission.giveBackPlace();

        assertThat(admission.drain(Duration.ofSeconds(10))).isTrue();
    }
}
