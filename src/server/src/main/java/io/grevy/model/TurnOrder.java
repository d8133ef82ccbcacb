package io.grevy.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who of those that wait is next: of the highest priority, the tenant of which the fewest requests run, and among such
 * the one whose last turn is the longest ago; of a tenant, who came first. So a tenant that asks a lot waits for itself.
 * Guarded by the lock of its {@link Admission}.
 */
final class TurnOrder {

    private final List<Ticket> waiting = new ArrayList<>(); // in the order in which they came
    private final Map<String, Turns> tenants = new HashMap<>();
    private long turns;

    /** What a tenant that waits or runs has had. */
    private static final class Turns {
        private int running;
        private int waiting;
        private long last;
    }

    int waiting() {
        return waiting.size();
    }

    void add(Ticket ticket) {
        waiting.add(ticket);
        of(ticket).waiting++;
    }

    /** Takes out one that waits no more, if it does. */
    void remove(Ticket ticket) {
        if (waiting.remove(ticket)) {
            of(ticket).waiting--;
            forgetIfIdle(ticket);
        }
    }

    /** Takes out the one whose turn it is; it runs from now on. */
    Optional<Ticket> next() {
        Optional<Ticket> next = waiting.stream()
                .min(Comparator.comparingInt((Ticket ticket) -> -ticket.asker().priority())
                        .thenComparingInt(ticket -> of(ticket).running)
                        .thenComparingLong(ticket -> of(ticket).last));
        next.ifPresent(ticket -> {
            waiting.remove(ticket);
            Turns tenant = of(ticket);
            tenant.waiting--;
            tenant.running++;
            tenant.last = ++turns;
        });
        return next;
    }

    /** One that ran runs no more. */
    void ended(Ticket ticket) {
        of(ticket).running--;
        forgetIfIdle(ticket);
    }

    /**
     * Takes out the one that has to make room for a newcomer: of a lower priority, else of a tenant that would have more
     * waiting than the newcomer's even without it; there the one that came last.
     */
    Optional<Ticket> evictFor(Asker newcomer) {
        Turns own = tenants.getOrDefault(newcomer.tenant(), new Turns());
        Predicate<Ticket> lower = ticket -> ticket.asker().priority() < newcomer.priority();
        Predicate<Ticket> greedy =
                ticket -> ticket.asker().priority() == newcomer.priority() && of(ticket).waiting > own.waiting + 1;
        Optional<Ticket> victim =
                waiting.stream().filter(lower.or(greedy)).reduce((one, other) -> yieldsLess(one, other) ? other : one);
        victim.ifPresent(this::remove);
        return victim;
    }

    /** Whether the other, which came later, is to go rather than the one. */
    private boolean yieldsLess(Ticket one, Ticket other) {
        int lower = Integer.compare(one.asker().priority(), other.asker().priority());
        return lower > 0 || (lower == 0 && of(other).waiting >= of(one).waiting);
    }

    private Turns of(Ticket ticket) {
        return tenants.computeIfAbsent(ticket.asker().tenant(), tenant -> new Turns());
    }

    private void forgetIfIdle(Ticket ticket) {
        Turns tenant = of(ticket);
        if (tenant.running == 0 && tenant.waiting == 0) {
            tenants.remove(ticket.asker().tenant());
        }
    }
}
