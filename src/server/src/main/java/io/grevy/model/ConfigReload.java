package io.grevy.model;

import io.grevy.repository.RepositoryException;

/** Has the configuration read anew. Thread-safe. */
public interface ConfigReload {

    /**
     * Reads it, and returns when what is new is loaded, or has failed to, and when what is removed takes no requests
     * any more. What did not load before is tried again.
     *
     * @return whether there was anything to do
     * @throws RepositoryException if the configuration is wrong as a whole; then nothing has changed
     */
    boolean reload() throws InterruptedException;
}
