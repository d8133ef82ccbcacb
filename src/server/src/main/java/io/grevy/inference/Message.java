package io.grevy.inference;

import java.util.List;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param reasoning of the assistant, before its text; empty for none
 * @param calls of the assistant, after its text
 * @param result where this is what a tool gave: of which call
 */
public record Message(Role role, List<Part> parts, String reasoning, List<ToolCall> calls, Optional<Result> result) {

    public Message {
        parts = List.copyOf(parts);
        calls = List.copyOf(calls);
    }

    public Message(Role role, List<Part> parts) {
        this(role, parts, "", List.of(), Optional.empty());
    }

    /**
     * What a tool gave.
     *
     * @param tool its name, empty if nothing tells it
     */
    public record Result(String callId, String tool) {}
}
