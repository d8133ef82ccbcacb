package io.grevy.inference;

import java.time.Duration;
import java.util.Optional;

/**
 * A running answer, read by one thread. Closing it before its last event cancels it in the engine, within one step;
 * closing twice is harmless. Any thread may close it: who then waits for an event gets {@link GenerationEvent.Failed}
 * with {@link GenerationEvent.Cause#CANCELLED}.
 */
public interface Generation extends AutoCloseable {

    /**
     * The next event, in order, waiting at most {@code patience} for it. After {@link GenerationEvent.Finished} or
     * {@link GenerationEvent.Failed} there is none, and asking again throws {@link IllegalStateException}.
     *
     * @return empty if nothing came in time; the generation goes on
     */
    Optional<GenerationEvent> next(Duration patience) throws InterruptedException;

    @Override
    void close();
}
