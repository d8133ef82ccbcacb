package io.grevy.inference;

/** Whether an engine can still do its work, for liveness. */
public enum EngineCondition {
    /** Idle, or making progress. */
    WELL,
    /** Its loop has made no progress for longer than a step may take. */
    STUCK,
    /** Its loop ended with an error; it takes no requests any more. */
    DEAD
}
