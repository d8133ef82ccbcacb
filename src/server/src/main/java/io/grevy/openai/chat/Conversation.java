package io.grevy.openai.chat;

import io.grevy.inference.Message;
import io.grevy.inference.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Puts loaded pictures and videos in the place of their URLs. */
final class Conversation {

    private Conversation() {}

    /** @param visuals the pictures and videos of the messages, in their order */
    static List<Message> of(List<ChatMessage> messages, List<Part> visuals) {
        Iterator<Part> next = visuals.iterator();
        List<Message> loaded = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            List<Part> parts = new ArrayList<>(message.parts().size());
            message.parts().forEach(part -> parts.add(part(part, next)));
            loaded.add(new Message(message.role(), parts, message.reasoning(), message.calls(), message.result()));
        }
        return loaded;
    }

    private static Part part(ChatPart part, Iterator<Part> visuals) {
        return part instanceof ChatPart.Text text ? new Part.Text(text.text()) : visuals.next();
    }
}
