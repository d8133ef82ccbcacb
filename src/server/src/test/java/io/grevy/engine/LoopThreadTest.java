package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopThreadTest {

    private final AtomicReference<String> endedBecause = new AtomicReference<>();

    @Test
    void isStuckWhileAStepTakesLongerThanItMay() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LoopThread loop = loop(Duration.ofMillis(20), release::await);
        loop.start();

        while (loop.condition() != EngineCondition.STUCK) {
            Thread.sleep(5);
        }
        release.countDown();
        loop.close();

        assertThat(loop.condition()).isEqualTo(EngineCondition.WELL);
    }

    @Test
    void isDeadAfterAStepThatFailsAndTakesNothingMore() throws Exception {
        LoopThread loop = loop(Duration.ofMinutes(1), () -> {
            throw new IllegalStateException("the native engine failed");
        });
        loop.start();

        while (loop.condition() != EngineCondition.DEAD) {
            Thread.sleep(5);
        }
        loop.close();

        assertThat(endedBecause.get()).contains("the native engine failed");
        assertThatThrownBy(() -> loop.call(() -> "more"))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("the native engine failed");
    }

    @Test
    void anErrorInACommandReachesTheOneWhoWaitsForIt() {
        LoopThread loop = loop(Duration.ofMinutes(1), null);
        loop.start();

        assertThatThrownBy(() -> loop.call(() -> {
                    throw new OutOfMemoryError("no heap");
                }))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("no heap");
        loop.close();

        assertThat(loop.condition()).isEqualTo(EngineCondition.DEAD);
    }

    @Test
    void anExceptionInACommandIsTheCommandsAlone() throws Exception {
        LoopThread loop = loop(Duration.ofMinutes(1), null);
        loop.start();

        assertThatThrownBy(() -> loop.call(() -> {
                    throw new IllegalArgumentException("no such option");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(loop.call(() -> "goes on")).isEqualTo("goes on");
        loop.close();
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /** @param step what each step does; with none there is nothing to do */
    private LoopThread loop(Duration stuckAfter, @org.jspecify.annotations.Nullable Step step) {
        return new LoopThread("test-loop", stuckAfter, new LoopThread.Work() {
            @Override
            public boolean pending() {
                return step != null;
            }

            @Override
            public void step() {
                try {
                    if (step != null) {
                        step.run();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void idle() {}

            @Override
            public void ended(String reason) {
                endedBecause.set(reason);
            }
        });
    }
}
