package io.grevy.openai.responses;

import io.grevy.openai.Json;
import io.grevy.openai.chat.NamedEvents;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The numbered events of a response; of one that is sent whole, nobody hears of them. Used by one thread. */
final class ResponseEvents {

    private final Optional<NamedEvents> stream;
    private int number;

    private ResponseEvents(Optional<NamedEvents> stream) {
        this.stream = stream;
    }

    static ResponseEvents to(NamedEvents stream) {
        return new ResponseEvents(Optional.of(stream));
    }

    static ResponseEvents unheard() {
        return new ResponseEvents(Optional.empty());
    }

    /** @param members adds what is this event's own */
    void tell(String type, Consumer<JsonObjectBuilder> members) throws IOException {
        if (stream.isPresent()) {
            JsonObjectBuilder event = Json.object().add("type", type).add("sequence_number", number++);
            members.accept(event);
            stream.get().send(type, event.build());
        }
    }

    void heartbeat() throws IOException {
        if (stream.isPresent()) {
            stream.get().heartbeat();
        }
    }
}
