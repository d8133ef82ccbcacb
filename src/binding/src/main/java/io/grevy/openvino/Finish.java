package io.grevy.openvino;

/** Why a generation ended. The order is the one of {@code grevy::Ended}. */
public enum Finish {
    /** At an end-of-sequence token, a stop token or a stop string. */
    STOP,
    /** At {@code max_new_tokens}, or at {@code max_length}. */
    LENGTH,
    /** At a tool call, by one of the engine's own parsers. */
    TOOL_CALL,
    /** By the caller. */
    CANCELLED,
    /** The cache had no room for it: its prompt is larger than the whole cache, or it was dropped while running. */
    IGNORED;

    private static final Finish[] VALUES = values();

    static Finish of(int ordinal) {
        return VALUES[ordinal];
    }
}
