package io.grevy.model;

/** The states of a model's life, in OpenVINO Model Server's words. */
public enum ModelState {
    /** Configured; loading has not begun. */
    START,
    LOADING,
    /** Takes requests. */
    AVAILABLE,
    /** Takes no new requests; those that run are being completed. */
    UNLOADING,
    /** Gone. */
    END
}
