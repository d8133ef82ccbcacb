package io.grevy.anthropic;

import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatRequest;
import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.chat.ScriptedExchange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests for messages. */
final class Messages {

    private static final PictureReader PICTURES = ScriptedExchange.pictures();

    static final MessageReader READER = new MessageReader(new TurnsReader(new BlockReader(PICTURES), PICTURES));

    private Messages() {}

    /** @param members of the body, besides or in place of a model, a limit and one message of the user */
    static ChatRequest read(JsonObject members) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("model", "m")
                .add("max_tokens", 100)
                .add(
                        "messages",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("role", "user")
                                        .add("content", "Hello")));
        members.forEach(body::add);
        return read(body.build().toString());
    }

    static ChatRequest read(String body) {
        return READER.read(body.getBytes(StandardCharsets.UTF_8));
    }

    static ChatRequest of(String messages, String members) {
        return read("{\"model\":\"m\",\"max_tokens\":100,\"messages\":" + messages
                + (members.isEmpty() ? "" : "," + members) + "}");
    }

    static List<ChatMessage> turns(String messages) {
        return of(messages, "").messages();
    }
}
