package io.grevy.inference;

/** Why a choice ended. */
public enum FinishReason {
    /** The model ended it, or one of the request's stop strings came. */
    STOP,
    /** The token limit or the end of the model's context was reached. */
    LENGTH,
    /** The model ended it, after a call of a tool. */
    TOOL_CALLS
}
