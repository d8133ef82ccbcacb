package io.grevy.repository;

/** The engine that runs a model. What OVMS calls {@code AUTO} is the absence of one of these. */
public enum PipelineType {
    /** Text, one request at a time. */
    LM(false, false),
    /** Text, many requests in one batch. */
    LM_CB(false, true),
    /** Text and pictures, one request at a time. */
    VLM(true, false),
    /** Text and pictures, many requests in one batch. */
    VLM_CB(true, true);

    private final boolean vision;
    private final boolean continuousBatching;

    PipelineType(boolean vision, boolean continuousBatching) {
        this.vision = vision;
        this.continuousBatching = continuousBatching;
    }

    /** Whether it takes pictures. */
    public boolean vision() {
        return vision;
    }

    /** Whether requests run side by side in one batch; the scheduler's settings matter only then. */
    public boolean continuousBatching() {
        return continuousBatching;
    }

    static PipelineType of(boolean vision, boolean continuousBatching) {
        if (vision) {
            return continuousBatching ? VLM_CB : VLM;
        }
        return continuousBatching ? LM_CB : LM;
    }
}
