package io.grevy.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A model's state at one moment.
 *
 * @param version the version's number, "1" where the repository has none
 * @param error why loading failed, if it did; the state then stays LOADING
 * @param availableSince when it became AVAILABLE, if it is
 */
public record ModelStatus(
        String name, String version, ModelState state, Optional<String> error, Optional<Instant> availableSince) {}
