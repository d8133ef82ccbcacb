package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReturningRequestsTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final ReturningRequests requests = new ReturningRequests(now::get);

    @Test
    void afterAFailureThereIsAPauseThatDoublesUpToAMinuteAndABit() throws Exception {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            ReturningPlace place = place();
            requests.add(place);
            requests.fail("it broke");
            assertThatThrownBy(() -> place.awaitTurn(Duration.ZERO)).hasMessage("it broke");

            now.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
            assertThatThrownBy(() -> requests.add(place()))
                    .isInstanceOf(ModelUnavailableException.class)
                    .hasMessage("it broke");
            now.incrementAndGet();
        }
    }

    @Test
    void aModelThatCameBackHasNoPause() throws Exception {
        requests.fail("it broke");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        ReturningPlace place = place();
        requests.add(place);

        requests.arrive(new ScriptedEngine(1).model(ScriptedEngine.definition("m"), 0));

        assertThat(place.awaitTurn(Duration.ZERO)).isTrue();
        requests.add(place());
    }

    @Test
    void whoIsOneTooManyAtTheModelIsTold() throws Exception {
        requests.most(2);
        ReturningPlace first = place();
        ReturningPlace second = place();
        requests.add(first);
        requests.add(second);

        requests.arrive(new ScriptedEngine(1).model(ScriptedEngine.definition("m"), 0));

        assertThat(first.awaitTurn(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> second.awaitTurn(Duration.ZERO))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("no more may wait");
    }

    private static ReturningPlace place() {
        return new ReturningPlace(Asker.ANYBODY, place -> {});
    }
}
