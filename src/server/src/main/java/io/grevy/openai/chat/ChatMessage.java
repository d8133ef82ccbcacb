package io.grevy.openai.chat;

import java.util.List;

import io.grevy.inference.Role;

/** One turn of a conversation, its pictures not loaded yet. */
record ChatMessage(Role role, List<ChatPart> parts) {

    ChatMessage {
        parts = List.copyOf(parts);
    }
}
