package io.grevy.openai.chat;

import io.grevy.inference.Role;
import java.util.List;

/** One turn of a conversation, its pictures not loaded yet. */
record ChatMessage(Role role, List<ChatPart> parts) {

    ChatMessage {
        parts = List.copyOf(parts);
    }
}
