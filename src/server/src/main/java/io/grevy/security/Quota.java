package io.grevy.security;

import io.grevy.inference.Usage;
import io.grevy.keys.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What one tenant may use, and has used. Thread-safe. */
final class Quota {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Limits limits;
    private final Optional<Allowance> requests;
    private final Optional<Allowance> promptTokens;
    private final Optional<Allowance> generatedTokens;
    private final Optional<Allowance> pictures;
    private final long mostConcurrent;
    private final AtomicLong concurrent;

    /**
     * @param concurrent how many requests there are; another quota of the same tenant may share it
     * @param share how many there may be at one time where the limits do not say
     */
    Quota(Limits limits, AtomicLong concurrent, long share) {
        this.limits = limits;
        this.requests = Allowance.of("requests", limits.requests());
        this.promptTokens = Allowance.of("prompt tokens", limits.promptTokens());
        this.generatedTokens = Allowance.of("generated tokens", limits.generatedTokens());
        this.pictures = Allowance.of("pictures", limits.pictures());
        this.mostConcurrent = limits.concurrent().orElse(share);
        this.concurrent = concurrent;
    }

    /** The same tenant's, with other limits, from now on. */
    Quota with(Limits others, long share) {
        return new Quota(others, concurrent, share);
    }

    Limits limits() {
        return limits;
    }

    /** Begins a request; {@link #end} is its end. */
    void begin() throws QuotaExceededException {
        if (concurrent.incrementAndGet() > mostConcurrent) {
            concurrent.decrementAndGet();
            throw new QuotaExceededException(
                    "Rate limit reached: this tenant may have %d requests at one time.".formatted(mostConcurrent),
                    PAUSE);
        }
        try {
            for (Optional<Allowance> tokens : List.of(promptTokens, generatedTokens)) {
                if (tokens.isPresent()) {
                    tokens.get().requireSome();
                }
            }
            if (requests.isPresent()) {
                requests.get().take(1);
            }
        } catch (QuotaExceededException e) {
            concurrent.decrementAndGet();
            throw e;
        }
    }

    void pictures(int count) throws QuotaExceededException {
        if (pictures.isPresent() && count > 0) {
            pictures.get().take(count);
        }
    }

    void charge(Usage usage) {
        promptTokens.ifPresent(allowance -> allowance.charge(usage.promptTokens()));
        generatedTokens.ifPresent(allowance -> allowance.charge(usage.completionTokens()));
    }

    void end() {
        concurrent.decrementAndGet();
    }

    /** As OpenAI's headers tell it. Of the two kinds of tokens it is the one of which the smaller part is left. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        requests.map(Allowance::standing).ifPresent(standing -> put(headers, "requests", standing));
        List<Allowance.Standing> tokens = new ArrayList<>(Stream.of(promptTokens, generatedTokens)
                .flatMap(Optional::stream)
                .map(Allowance::standing)
                .toList());
        tokens.stream()
                .min((one, other) -> Double.compare(one.part(), other.part()))
                .ifPresent(standing -> put(headers, "tokens", standing));
        return headers;
    }

    private static void put(Map<String, String> headers, String what, Allowance.Standing standing) {
        headers.put("x-ratelimit-limit-" + what, String.valueOf(standing.limit()));
        headers.put("x-ratelimit-remaining-" + what, String.valueOf(standing.left()));
        headers.put("x-ratelimit-reset-" + what, text(standing.reset()));
    }

    /** As {@code 1m0s}, {@code 6s} or {@code 120ms}. */
    static String text(Duration time) {
        if (time.toMinutes() > 0) {
            return time.toMinutes() + "m" + time.toSecondsPart() + "s";
        }
        if (time.toSeconds() > 0) {
            return time.toSeconds() + "s";
        }
        return time.toMillis() + "ms";
    }
}
