package io.grevy.model;

import io.grevy.inference.EngineCondition;
import java.time.Instant;
import java.util.Optional;

/**
 * A model's state at one moment.
 *
 * @param version the version's number, "1" where the repository has none
 * @param detail what is done just now, or what the state does not say; a line for people
 * @param error why loading failed, if it did; the state then stays LOADING
 * @param condition its engine's, WELL while it has none
 * @param availableSince when it became AVAILABLE, if it is, or was before it came to rest
 * @param resting whether it is unloaded until the next request, or on its way back: requests wait for it
 */
public record ModelStatus(
        String name,
        String version,
        ModelState state,
        Optional<String> detail,
        Optional<String> error,
        EngineCondition condition,
        Optional<Instant> availableSince,
        boolean resting) {

    /** Whether it takes requests. */
    public boolean ready() {
        return (resting && error.isEmpty()) || (state == ModelState.AVAILABLE && condition == EngineCondition.WELL);
    }

    ModelStatus resting(Instant since) {
        return new ModelStatus(name, version, state, detail, error, condition, Optional.of(since), true);
    }
}
