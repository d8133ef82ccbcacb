package io.grevy.inference;

/**
 * A call that the model made in an earlier turn.
 *
 * @param argumentsJson a JSON object, unless the model wrote something else
 */
public record ToolCall(String id, String name, String argumentsJson) {}
