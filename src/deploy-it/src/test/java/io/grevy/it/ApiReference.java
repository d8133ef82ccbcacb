package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docs/api.md}, made from what the server says at {@code /openapi}. */
final class ApiReference {

    private static final String HEAD = """
            # The API

            Made from `/openapi`, which has every member of these objects too, and which a server shows at `/openapi/ui`. Each path under `/v3` is served under `/v1` as well. What each field does: [chat completions](chat-completions.md), [completions](completions.md), [responses](responses.md), [messages](messages.md).
            """;

    private final JsonObject document;

    private ApiReference(JsonObject document) {
        this.document = document;
    }

    static String of(String openApi) {
        return new ApiReference(Json.createReader(new StringReader(openApi)).readObject()).markdown();
    }

    private String markdown() {
        Map<String, List<String>> byTag = new TreeMap<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.keySet()) {
            if (!isAlias(paths.keySet(), path)) {
                JsonObject operations = paths.getJsonObject(path);
                for (String method : operations.keySet()) {
                    JsonObject operation = operations.getJsonObject(method);
                    byTag.computeIfAbsent(operation.getJsonArray("tags").getString(0), tag -> new ArrayList<>())
                            .add(operation(method, path, operation));
                }
            }
        }
        return HEAD
                + byTag.entrySet().stream()
                        .map(tag -> "\n## " + tag.getKey() + "\n" + String.join("", tag.getValue()))
                        .collect(Collectors.joining());
    }

    private static boolean isAlias(Set<String> paths, String path) {
        return path.startsWith("/v1/") && paths.contains(path.replaceFirst("/v1/", "/v3/"));
    }

    private String operation(String method, String path, JsonObject operation) {
        StringBuilder text =
                new StringBuilder("\n### `%s %s`\n\n".formatted(method.toUpperCase(java.util.Locale.ROOT), path));
        text.append(operation.getString("summary")).append(". ");
        text.append(operation.getString("description", "")).append("\n\n");
        if (operation.containsKey("requestBody")) {
            text.append("Takes ")
                    .append(content(operation.getJsonObject("requestBody")))
                    .append(".\n\n");
        }
        text.append("| status | what | body |\n|---|---|---|\n");
        operation
                .getJsonObject("responses")
                .forEach((status, response) -> text.append("| %s | %s | %s |%n"
                        .formatted(status, resolved(response).getString("description"), content(resolved(response)))));
        return text.toString().replace(". \n", ".\n");
    }

    private JsonObject resolved(JsonValue value) {
        JsonObject object = value.asJsonObject();
        return object.containsKey("$ref")
                ? document.getValue(object.getString("$ref").substring(1)).asJsonObject()
                : object;
    }

    /** The media types, each with the name of its schema. */
    private static String content(JsonObject body) {
        if (!body.containsKey("content")) {
            return "";
        }
        return body.getJsonObject("content").entrySet().stream()
                .map(type -> "`" + type.getKey() + "` " + schema(type.getValue().asJsonObject()))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    private static String schema(JsonObject type) {
        JsonObject schema = type.getJsonObject("schema");
        if (schema == null || !schema.containsKey("$ref")) {
            return "";
        }
        JsonString reference = schema.getJsonString("$ref");
        return reference.getString().replaceFirst(".*/", "");
    }
}
