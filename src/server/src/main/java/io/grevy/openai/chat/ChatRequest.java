package io.grevy.openai.chat;

import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Part;
import io.grevy.inference.Prompting;
import io.grevy.inference.Rendering;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request that was read and checked; only its pictures and videos are still to be loaded.
 *
 * @param form in which the answer is sent
 */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        Optional<ToolUse> tools,
        Prompting prompting,
        Sampling sampling,
        Assistance assistance,
        Stopping stopping,
        Choices choices,
        Optional<Structure> structure,
        Rendering rendering,
        AnswerForm form) {

    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /** The same without the conversation, which may be large. */
    ChatRequest withoutMessages() {
        return new ChatRequest(
                model,
                List.of(),
                tools,
                prompting,
                sampling,
                assistance,
                stopping,
                choices,
                structure,
                rendering,
                form);
    }

    /** What its messages say, each with its role; for logs. */
    String text() {
        return messages.stream()
                .flatMap(message -> message.parts().stream()
                        .filter(ChatPart.Text.class::isInstance)
                        .map(part ->
                                message.role().name().toLowerCase(Locale.ROOT) + ": " + ((ChatPart.Text) part).text()))
                .collect(Collectors.joining("\n"));
    }

    /** Its pictures and videos in their order. */
    List<ChatPart.Visual> visuals() {
        return messages.stream()
                .flatMap(message -> message.parts().stream())
                .filter(ChatPart.Visual.class::isInstance)
                .map(ChatPart.Visual.class::cast)
                .toList();
    }

    /** @param visuals those of {@link #visuals()}, loaded, in that order */
    public InferenceRequest toInference(String id, List<Part> visuals) {
        return new InferenceRequest(
                id,
                Conversation.of(messages, visuals),
                tools,
                prompting,
                sampling,
                assistance,
                stopping,
                choices,
                structure,
                rendering);
    }
}
