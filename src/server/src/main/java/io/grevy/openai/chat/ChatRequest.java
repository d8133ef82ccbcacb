package io.grevy.openai.chat;

import io.grevy.inference.Assistance;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import java.util.List;

/**
 * A request that was read and checked; only its pictures are still to be loaded.
 *
 * @param choices how many independent answers are wanted
 * @param stream whether the answer is a stream of events
 * @param includeUsage whether the stream ends with the usage
 */
record ChatRequest(
        String model,
        List<ChatMessage> messages,
        Sampling sampling,
        Assistance assistance,
        Stopping stopping,
        int choices,
        boolean stream,
        boolean includeUsage) {

    ChatRequest {
        messages = List.copyOf(messages);
    }

    /** The same without the conversation, which may be large. */
    ChatRequest withoutMessages() {
        return new ChatRequest(model, List.of(), sampling, assistance, stopping, choices, stream, includeUsage);
    }

    /** Its pictures in their order. */
    List<ChatPart.ImageUrl> pictures() {
        return messages.stream()
                .flatMap(message -> message.parts().stream())
                .filter(ChatPart.ImageUrl.class::isInstance)
                .map(ChatPart.ImageUrl.class::cast)
                .toList();
    }
}
