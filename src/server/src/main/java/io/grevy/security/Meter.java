package io.grevy.security;

import io.grevy.inference.Usage;

/** Counts what tenants use. Thread-safe, and never blocks. */
public interface Meter {

    /**
     * A request is over.
     *
     * @param status of its answer
     * @param pictures how many were loaded for it
     */
    void ended(String tenant, int status, Usage usage, int pictures);
}
