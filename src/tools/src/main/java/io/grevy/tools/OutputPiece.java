package io.grevy.tools;

/** A part of what a model said, in the order in which it was said. */
public sealed interface OutputPiece {
    /** Text for the reader; never empty. */
    record Content(String text) implements OutputPiece {}

    /** Text of the model's reasoning; never empty. */
    record Reasoning(String text) implements OutputPiece {}

    /**
     * A call begins. Its name is whole, and need not be one of the request's tools.
     *
     * @param index counts the calls of this output from 0
     */
    record ToolCallStarted(int index, String name) implements OutputPiece {}

    /**
     * The next characters of the call's arguments; never empty. Joined, those of one call are one JSON object; where the
     * output was cut short they are its beginning, and where the model wrote something else they are what it wrote.
     */
    record ToolArguments(int index, String json) implements OutputPiece {}

    /** The call has all its arguments, or the output ended within them. */
    record ToolCallEnded(int index) implements OutputPiece {}
}
