package io.grevy.inference;

import java.util.List;

/**
 * The tools of a request that the model may call.
 *
 * @param tools at least one, each of another name
 * @param choice whether it is to call one
 * @param parallel whether an answer may hold more than one call
 */
public record ToolUse(List<Tool> tools, Choice choice, boolean parallel) {

    public ToolUse {
        tools = List.copyOf(tools);
    }

    /**
     * A function that the client runs.
     *
     * @param definitionJson all that the client says of it, for the chat template
     * @param schemaJson the schema of its arguments, as far as it can be enforced: an object's; empty for any object
     * @param unenforceable what of the schema cannot be enforced, for the client; empty if all of it can
     * @param strict whether a call's arguments have to obey the schema
     */
    public record Tool(String name, String definitionJson, String schemaJson, String unenforceable, boolean strict) {}

    /** Whether the model calls a tool. */
    public sealed interface Choice {

        /** As it likes. */
        record Auto() implements Choice {}

        /** At least one. */
        record Required() implements Choice {}

        /** This one, and no more. */
        record Named(String name) implements Choice {}
    }

    /** Whether the model has to call a tool. */
    public boolean forced() {
        return !(choice instanceof Choice.Auto);
    }
}
