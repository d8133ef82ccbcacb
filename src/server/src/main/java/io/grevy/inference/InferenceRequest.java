package io.grevy.inference;

import java.util.List;
import java.util.Optional;

/**
 * A request that is known to be valid: every range was checked where it entered and every picture is decoded.
 *
 * @param id the request's id in answers and logs
 * @param messages the conversation, the newest turn last; empty only where the prompting has raw prompts
 * @param tools what the model may call
 * @param structure what every answer has to obey
 */
public record InferenceRequest(
        String id,
        List<Message> messages,
        Optional<ToolUse> tools,
        Prompting prompting,
        Sampling sampling,
        Assistance assistance,
        Stopping stopping,
        Choices choices,
        Optional<Structure> structure,
        Rendering rendering) {

    public InferenceRequest {
        messages = List.copyOf(messages);
    }

    /** The same of another prompt. */
    public InferenceRequest with(Prompting other) {
        return new InferenceRequest(
                id, messages, tools, other, sampling, assistance, stopping, choices, structure, rendering);
    }

    /** The same with another structure. */
    public InferenceRequest with(Structure other) {
        return new InferenceRequest(
                id, messages, tools, prompting, sampling, assistance, stopping, choices, Optional.of(other), rendering);
    }

    /** All of it as the model has it, one answer, nothing but its text. */
    public static InferenceRequest of(String id, List<Message> messages) {
        return new InferenceRequest(
                id,
                messages,
                Optional.empty(),
                Prompting.usual(),
                Sampling.unspecified(),
                Assistance.unspecified(),
                Stopping.unspecified(),
                Choices.independent(1),
                Optional.empty(),
                Rendering.plain());
    }
}
