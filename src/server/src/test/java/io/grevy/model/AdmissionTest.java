package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Asker FLOOD = new Asker("flood", 0);
    private static final Asker SINGLE = new Asker("single", 0);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void rejectsTheRequestPastItsLimit() throws Exception {
        Admission admission = new Admission(1, 1);
        run(admission, Asker.ANYBODY);
        admission.admit(Asker.ANYBODY);

        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isEqualTo(1);
        assertThatThrownBy(() -> admission.admit(Asker.ANYBODY))
                .isInstanceOf(QueueFullException.class)
                .hasMessage("1 requests run and 1 wait for this model; no more may wait.");
    }

    @Test
    void aTurnGivenBackGoesToWhoeverWaits() throws Exception {
        Admission admission = new Admission(1, 1);
        Ticket first = run(admission, Asker.ANYBODY);
        Ticket second = admission.admit(Asker.ANYBODY);
        CountDownLatch started = new CountDownLatch(1);
        Future<Boolean> turn = threads.submit(() -> {
            started.countDown();
            return admission.awaitTurn(second, LONG);
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(turn.isDone()).isFalse();

        admission.leave(first);

        assertThat(turn.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void aTurnThatDoesNotComeInTimeIsNotTakenAndThePlaceInTheQueueIsKept() throws Exception {
        Admission admission = new Admission(1, 2);
        Ticket running = run(admission, Asker.ANYBODY);
        Ticket first = queue(admission, Asker.ANYBODY);
        Ticket second = queue(admission, Asker.ANYBODY);
        assertThat(admission.awaitTurn(first, Duration.ofMillis(1))).isFalse();

        admission.leave(running);

        assertThat(admission.awaitTurn(second, Duration.ZERO)).isFalse();
        assertThat(admission.awaitTurn(first, Duration.ZERO)).isTrue();
    }

    @Test
    void aFloodOfOneTenantDoesNotHoldUpAnothersSingleRequest() throws Exception {
        Admission admission = new Admission(2, 100);
        List<Ticket> flood = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            flood.add(queue(admission, FLOOD));
        }
        Ticket single = queue(admission, SINGLE);

        admission.leave(flood.get(0));

        assertThat(admission.awaitTurn(single, Duration.ZERO)).isTrue();
        assertThat(admission.awaitTurn(flood.get(2), Duration.ZERO)).isFalse();
    }

    @Test
    void tenantsThatAllWaitTakeTurns() throws Exception {
        Admission admission = new Admission(1, 100);
        Ticket running = run(admission, new Asker("other", 0));
        List<Ticket> waiting = new ArrayList<>();
        for (String tenant : List.of("a", "a", "a", "b", "b", "c")) {
            waiting.add(queue(admission, new Asker(tenant, 0)));
        }

        assertThat(order(admission, running, waiting)).containsExactly(0, 3, 5, 1, 4, 2);
    }

    @Test
    void theHigherPriorityGoesFirst() throws Exception {
        Admission admission = new Admission(1, 100);
        Ticket running = run(admission, FLOOD);
        List<Ticket> waiting = List.of(
                queue(admission, new Asker("a", -1)),
                queue(admission, new Asker("b", 0)),
                queue(admission, new Asker("flood", 5)),
                queue(admission, new Asker("c", 0)));

        assertThat(order(admission, running, waiting)).containsExactly(2, 1, 3, 0);
    }

    @Test
    void whereTheQueueIsFullTheTenantThatHasMostWaitingMakesRoom() throws Exception {
        Admission admission = new Admission(1, 3);
        run(admission, FLOOD);
        Ticket first = queue(admission, FLOOD);
        queue(admission, FLOOD);
        Ticket last = queue(admission, FLOOD);

        Ticket single = queue(admission, SINGLE);

        assertThatThrownBy(() -> admission.awaitTurn(last, LONG)).isInstanceOf(QueueFullException.class);
        assertThat(first.state()).isEqualTo(Ticket.State.WAITING);
        assertThat(single.state()).isEqualTo(Ticket.State.WAITING);
        assertThat(admission.waiting()).isEqualTo(3);
        assertThatThrownBy(() -> admission.admit(FLOOD)).isInstanceOf(QueueFullException.class);
    }

    @Test
    void whereTheQueueIsFullTheLowerPriorityMakesRoom() throws Exception {
        Admission admission = new Admission(1, 2);
        run(admission, SINGLE);
        Ticket low = queue(admission, new Asker("low", -1));
        queue(admission, SINGLE);

        admission.admit(SINGLE);

        assertThat(low.state()).isEqualTo(Ticket.State.EVICTED);
        assertThatThrownBy(() -> admission.admit(new Asker("low", -1))).isInstanceOf(QueueFullException.class);
    }

    @Test
    void whoLeavesTheQueueTakesNoTurn() throws Exception {
        Admission admission = new Admission(1, 2);
        Ticket running = run(admission, SINGLE);
        Ticket gone = queue(admission, SINGLE);
        Ticket stays = queue(admission, SINGLE);

        admission.leave(gone);
        admission.leave(gone);
        admission.leave(running);

        assertThat(admission.awaitTurn(stays, Duration.ZERO)).isTrue();
        assertThat(admission.running()).isEqualTo(1);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void drainingWaitsForThoseThatRunAndTurnsOthersAway() throws Exception {
        Admission admission = new Admission(1, 1);
        Ticket running = run(admission, Asker.ANYBODY);
        Ticket waiting = queue(admission, Asker.ANYBODY);

        assertThat(admission.drain(Duration.ofMillis(10))).isFalse();
        assertThatThrownBy(() -> admission.admit(Asker.ANYBODY)).isInstanceOf(ModelUnavailableException.class);
        assertThatThrownBy(() -> admission.awaitTurn(waiting, LONG)).isInstanceOf(ModelUnavailableException.class);

        admission.leave(waiting);
        admission.leave(running);

        assertThat(admission.drain(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void closesWhereNobodyIsThereAndForNobodyElse() throws Exception {
        Admission admission = new Admission(1, 1);
        Ticket ticket = admission.admit(Asker.ANYBODY);
        assertThat(admission.closeIfUnused(Duration.ZERO)).isFalse();

        admission.leave(ticket);

        assertThat(admission.closeIfUnused(LONG)).isFalse();
        assertThat(admission.closeIfUnused(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> admission.admit(Asker.ANYBODY)).isInstanceOf(ModelUnavailableException.class);
    }

    private static Ticket run(Admission admission, Asker asker) throws Exception {
        Ticket ticket = admission.admit(asker);
        assertThat(admission.awaitTurn(ticket, LONG)).isTrue();
        return ticket;
    }

    private static Ticket queue(Admission admission, Asker asker) throws Exception {
        Ticket ticket = admission.admit(asker);
        admission.awaitTurn(ticket, Duration.ZERO);
        return ticket;
    }

    /** The places in the list of those that get a turn, each when the one before leaves. */
    private static List<Integer> order(Admission admission, Ticket running, List<Ticket> waiting) {
        List<Integer> order = new ArrayList<>();
        Ticket next = running;
        while (order.size() < waiting.size()) {
            admission.leave(next);
            next = waiting.stream()
                    .filter(ticket -> ticket.state() == Ticket.State.RUNNING)
                    .findFirst()
                    .orElseThrow();
            order.add(waiting.indexOf(next));
        }
        return order;
    }
}
