package io.grevy.inference;

import java.util.List;

/**
 * A request that is known to be valid: every range was checked where it entered and every picture is decoded.
 *
 * @param id the request's id in answers and logs
 * @param messages the conversation, the newest turn last; never empty
 * @param choices how many independent answers are wanted, at least 1
 */
public record InferenceRequest(
        String id, List<Message> messages, Sampling sampling, Assistance assistance, Stopping stopping, int choices) {

    public InferenceRequest {
        messages = List.copyOf(messages);
    }

    /** One that leaves guessing to the model. */
    public InferenceRequest(String id, List<Message> messages, Sampling sampling, Stopping stopping, int choices) {
        this(id, messages, sampling, Assistance.unspecified(), stopping, choices);
    }
}
