package io.grevy.model;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Recorder;
import io.grevy.inference.Recorder.Outcome;
import io.grevy.inference.Usage;
import java.time.Duration;

/** One request's times and outcome on their way to the recorder. Not thread-safe. */
final class RequestRecord {

    private final Recorder recorder;
    private final long arrivalNanos;

    private long lastTokenNanos;
    private int tokens;
    private boolean anyLength;
    private Usage usage = new Usage(0, 0);
    private Outcome outcome = Outcome.FAILED;

    /** @param arrivalNanos when the request came, by {@link System#nanoTime} */
    RequestRecord(Recorder recorder, long arrivalNanos) {
        this.recorder = recorder;
        this.arrivalNanos = arrivalNanos;
    }

    /** What it came to, if nothing else happens. */
    void outcome(Outcome outcome) {
        this.outcome = outcome;
    }

    void saw(GenerationEvent event) {
        if (event instanceof GenerationEvent.Gain gain) {
            sawTokens(gain.tokens());
        } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
            anyLength |= ended.reason() == FinishReason.LENGTH;
        } else if (event instanceof GenerationEvent.Finished finished) {
            usage = finished.usage();
            outcome = anyLength ? Outcome.LENGTH : Outcome.STOP;
        } else if (event instanceof GenerationEvent.Failed failed) {
            outcome = switch (failed.cause()) {
                case REQUEST, REFUSED -> Outcome.REFUSED;
                case ENGINE -> Outcome.FAILED;
                case CANCELLED -> Outcome.CANCELLED;
            };
        }
    }

    void end() {
        // A request that was cut short generated tokens too, though nobody counted its prompt's.
        Usage spent = usage.completionTokens() == 0 ? new Usage(usage.promptTokens(), tokens) : usage;
        recorder.ended(outcome, spent, Duration.ofNanos(System.nanoTime() - arrivalNanos));
    }

    private void sawTokens(int gained) {
        long now = System.nanoTime();
        if (tokens == 0) {
            recorder.firstToken(Duration.ofNanos(now - arrivalNanos));
        } else {
            // Tokens that came as one piece of text share the time since the last.
            for (int i = 0; i < gained; i++) {
                recorder.laterToken(Duration.ofNanos((now - lastTokenNanos) / gained));
            }
        }
        tokens += gained;
        lastTokenNanos = now;
    }
}
