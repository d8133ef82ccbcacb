package io.grevy.model;

import java.time.Instant;

/** A loaded model as requests see it. Thread-safe. */
public interface ServedModel {

    String name();

    /** When it became AVAILABLE. */
    Instant availableSince();

    /**
     * A place for one request, at once: running if there is room, else waiting.
     *
     * @throws QueueFullException if as many requests wait as may
     * @throws ModelUnavailableException if the model is being unloaded
     */
    Place admit(Asker asker) throws QueueFullException, ModelUnavailableException;

    /** The same where nobody is told from anybody else. */
    default Place admit() throws QueueFullException, ModelUnavailableException {
        return admit(Asker.ANYBODY);
    }
}
