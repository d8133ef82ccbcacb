package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;

/** An event of a stream as a client reads it. */
public record NamedEvent(String name, JsonObject data) {

    /** All events; each has a name, and its data says the same. */
    public static List<NamedEvent> of(String stream) {
        return Arrays.stream(stream.split("\n\n")).map(NamedEvent::parse).toList();
    }

    private static NamedEvent parse(String text) {
        String[] lines = text.split("\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("event: ");
        assertThat(lines[1]).startsWith("data: ");
        NamedEvent event = new NamedEvent(
                lines[0].substring("event: ".length()),
                Json.createReader(new StringReader(lines[1].substring("data: ".length())))
                        .readObject());
        assertThat(event.data().getString("type")).isEqualTo(event.name());
        return event;
    }
}
