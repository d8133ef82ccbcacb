package io.grevy.openai.chat;

import io.grevy.inference.InferenceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Requests for the engine, out of bodies as clients send them. */
public final class Requests {

    private static final ChatRequestReader READER =
            Samples.reader(Samples.chatSettings(Map.of("grevy.max_choices", "16")));

    private Requests() {}

    /** @param members of the body, besides the model and one message of the user */
    public static InferenceRequest asking(String question, String members) {
        return of("[{\"role\":\"user\",\"content\":\"" + question + "\"}]", members);
    }

    public static InferenceRequest of(String messages, String members) {
        String body = "{\"model\":\"m\",\"messages\":" + messages + (members.isEmpty() ? "" : "," + members) + "}";
        return READER.read(body.getBytes(StandardCharsets.UTF_8)).toInference("chatcmpl-test", List.of());
    }
}
