package io.grevy.openai.responses;

import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.chat.ScriptedExchange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;

/** Requests for responses. */
final class Responses {

    private static final PictureReader PICTURES = ScriptedExchange.pictures();

    static final ResponseReader READER = new ResponseReader(new ItemsReader(new ContentReader(PICTURES), PICTURES));

    private Responses() {}

    /** @param members of the body, besides or in place of a model and a text */
    static ResponseRequest read(JsonObject members) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("model", "m").add("input", "Hello");
        members.forEach(body::add);
        return read(body.build().toString());
    }

    static ResponseRequest read(String body) {
        return READER.read(body.getBytes(StandardCharsets.UTF_8));
    }

    static ResponseRequest ofInput(String input) {
        return read("{\"model\":\"m\",\"input\":" + input + "}");
    }
}
