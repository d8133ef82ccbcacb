package io.grevy.tools;

/** Whether the model is to call a tool. Whoever wants no calls gives the model no tools. */
public sealed interface ToolChoice {
    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** At least one call of any tool. */
    record Required() implements ToolChoice {}

    /** A call of this tool. */
    record Named(String name) implements ToolChoice {}
}
