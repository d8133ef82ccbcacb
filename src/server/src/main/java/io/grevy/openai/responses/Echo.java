package io.grevy.openai.responses;

import io.grevy.openai.Json;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What an answer repeats of its request: what was asked for, and what happened where nothing was. */
final class Echo {

    private static final int MOST_METADATA = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private Echo() {}

    static JsonObject of(Fields request) {
        JsonObjectBuilder echo = Json.object().add("background", false);
        for (String name : List.of("instructions", "user", "safety_identifier", "prompt_cache_key")) {
            echo.add(name, orNull(request.optional(name).map(field -> Json.text(field.asText()))));
        }
        request.optional("max_tool_calls").ifPresent(count -> count.asInt(1, Integer.MAX_VALUE));
        for (String name : List.of("max_output_tokens", "max_tool_calls", "temperature", "top_p")) {
            echo.add(name, orNull(request.optional(name).map(Field::value)));
        }
        return echo.add("metadata", metadata(request))
                .add(
                        "parallel_tool_calls",
                        given(request, "parallel_tool_calls").orElse(JsonValue.TRUE))
                .add("previous_response_id", JsonValue.NULL)
                .add("reasoning", reasoning(request))
                .add("service_tier", "default")
                .add("store", false)
                .add("text", text(request))
                .add("tool_choice", given(request, "tool_choice").orElse(Json.text("auto")))
                .add("tools", tools(request))
                .add("top_logprobs", 0)
                .add("truncation", "disabled")
                .build();
    }

    private static JsonValue metadata(Fields request) {
        Optional<Field> field = request.optional("metadata");
        if (field.isEmpty()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        Fields metadata = field.get().asObject();
        if (metadata.names().size() > MOST_METADATA) {
            throw field.get().invalid("may hold at most " + MOST_METADATA + " pairs");
        }
        for (String name : metadata.names()) {
            Field value = metadata.required(name);
            if (name.length() > LONGEST_KEY || value.asText().length() > LONGEST_VALUE) {
                throw value.invalid(
                        "is too long: keys may have " + LONGEST_KEY + " characters, values " + LONGEST_VALUE);
            }
        }
        return metadata.object();
    }

    private static JsonObjectBuilder reasoning(Fields request) {
        Optional<Field> effort =
                request.optional("reasoning").map(Field::asObject).flatMap(given -> given.optional("effort"));
        return Json.object().add("effort", orNull(effort.map(Field::value))).add("summary", JsonValue.NULL);
    }

    private static JsonObjectBuilder text(Fields request) {
        Optional<Field> format =
                request.optional("text").map(Field::asObject).flatMap(given -> given.optional("format"));
        JsonValue any = Json.object().add("type", "text").build();
        return Json.object().add("format", format.map(Field::value).orElse(any)).add("verbosity", "medium");
    }

    /** Each with all of its members. */
    private static JsonArrayBuilder tools(Fields request) {
        JsonArrayBuilder tools = Json.array();
        request.optional("tools")
                .ifPresent(array -> array.asArray().fields().forEach(tool -> {
                    JsonObjectBuilder all = Json.object().add("type", "function");
                    for (String name : List.of("name", "description", "parameters", "strict")) {
                        all.add(name, orNull(given(tool.asObject(), name)));
                    }
                    tools.add(all);
                }));
        return tools;
    }

    private static Optional<JsonValue> given(Fields fields, String name) {
        return fields.optional(name).map(Field::value);
    }

    private static JsonValue orNull(Optional<? extends JsonValue> value) {
        return value.isPresent() ? value.get() : JsonValue.NULL;
    }
}
