package io.grevy.openai;

import jakarta.json.JsonObject;

/** A body that this server sends. {@link JsonAnswerWriter} writes it. */
public interface JsonAnswer {

    /** Exactly what goes on the wire, in this order and with these nulls. */
    JsonObject toJson();
}
