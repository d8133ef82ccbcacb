package io.grevy.openai.chat;

import io.grevy.inference.Message;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import java.util.List;
import java.util.Optional;

/** One turn of a conversation, its pictures not loaded yet; else as {@link Message}. */
public record ChatMessage(
        Role role, List<ChatPart> parts, String reasoning, List<ToolCall> calls, Optional<Message.Result> result) {

    public ChatMessage {
        parts = List.copyOf(parts);
        calls = List.copyOf(calls);
    }

    public ChatMessage(Role role, List<ChatPart> parts) {
        this(role, parts, "", List.of(), Optional.empty());
    }
}
