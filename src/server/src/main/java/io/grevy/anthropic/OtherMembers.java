package io.grevy.anthropic;

import io.grevy.openai.Json;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The members of a request that this server does not act on: where a value asks for what happens anyhow it is accepted,
 * every other is refused by name.
 */
final class OtherMembers {

    static final Set<String> ACCEPTED = Set.of("metadata", "service_tier", "cache_control", "speed", "mcp_servers");

    static final Set<String> REFUSED = Set.of("container", "context_management", "diagnostics", "inference_geo");

    /** Who makes calls. */
    static final JsonObject DIRECT = Json.object().add("type", "direct").build();

    private OtherMembers() {}

    /** Checks every member whose name isn't among the honoured ones. */
    static void check(Fields request, Set<String> honoured) {
        for (String name : request.names()) {
            if (!honoured.contains(name)) {
                check(request, name);
            }
        }
    }

    private static void check(Fields request, String name) {
        if (!ACCEPTED.contains(name) && !REFUSED.contains(name)) {
            throw request.unknown(name);
        }
        request.optional(name).ifPresent(field -> {
            switch (name) {
                case "metadata" -> {
                    field.asObject().allowOnly(Set.of("user_id"));
                    field.asObject().optional("user_id").ifPresent(Field::asText);
                }
                case "service_tier" -> field.asOneOf(List.of("auto", "standard_only"));
                case "cache_control" -> checkCacheControl(request);
                case "speed" -> {
                    if (!field.asText().equals("standard")) {
                        throw request.unsupported(name, "only as 'standard'");
                    }
                }
                case "mcp_servers" -> checkEmpty(request, name);
                default -> throw request.unsupported(name, "");
            }
        });
    }

    /** Whatever can be kept of a prompt is kept, wherever a client marks it. */
    static void checkCacheControl(Fields fields) {
        fields.optional("cache_control").map(Field::asObject).ifPresent(control -> {
            control.allowOnly(Set.of("type", "ttl"));
            control.required("type").asOneOf(List.of("ephemeral"));
            control.optional("ttl").ifPresent(Field::asText);
        });
    }

    /** Refuses an array that holds something. */
    static void checkEmpty(Fields fields, String name) {
        fields.optional(name).ifPresent(field -> {
            if (field.asArray().size() > 0) {
                throw fields.unsupported(name, "only as []");
            }
        });
    }

    /** Of a call: only the model itself makes calls. */
    static void checkCaller(Fields fields) {
        fields.optional("caller").map(Field::asObject).map(Fields::object).ifPresent(caller -> {
            if (!caller.equals(DIRECT)) {
                throw fields.unsupported("caller", "only as {\"type\":\"direct\"}");
            }
        });
    }
}
