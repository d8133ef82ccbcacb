package io.grevy.openai.structure;

import io.grevy.openai.Json;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Set;

/**
 * Structural tags: xgrammar's own formats, and the older form with {@code structures} and {@code triggers}.
 * https://xgrammar.mlc.ai/docs/tutorials/structural_tag.html
 */
final class TagRules {

    /** xgrammar's formats that OpenVINO Model Server takes in the place of a response format. */
    static final Set<String> FORMATS = Set.of(
            "any_text",
            "const_string",
            "grammar",
            "or",
            "qwen_xml_parameter",
            "regex",
            "sequence",
            "tag",
            "tags_with_separator",
            "triggered_tags");

    private TagRules() {}

    /** @param tag with {@code format}, or with {@code structures} and {@code triggers} */
    static String read(Field tag) {
        Fields fields = tag.asObject();
        JsonObject read = fields.names().contains("structures") ? triggered(fields) : whole(fields);
        return checked(tag, read);
    }

    /** @param format one of {@link #FORMATS} */
    static String ofFormat(Field format) {
        return checked(format, wrapped(format(format)));
    }

    private static String checked(Field at, JsonObject tag) {
        String text = tag.toString();
        Bounds.checkBytes(at, text);
        return text;
    }

    private static JsonObject whole(Fields tag) {
        tag.allowOnly(Set.of("type", "format"));
        return wrapped(format(tag.required("format")));
    }

    private static JsonObject triggered(Fields tag) {
        tag.allowOnly(Set.of("type", "structures", "triggers"));
        JsonArrayBuilder tags = Json.array();
        for (Field structure : tag.required("structures").asArray().fields()) {
            Fields fields = structure.asObject();
            fields.allowOnly(Set.of("begin", "schema", "end"));
            tags.add(Json.object()
                    .add("type", "tag")
                    .add("begin", fields.required("begin").asText())
                    .add(
                            "content",
                            Json.object()
                                    .add("type", "json_schema")
                                    .add("json_schema", SchemaRules.enforced(fields.required("schema"))))
                    .add("end", fields.required("end").asText()));
        }
        JsonArrayBuilder triggers = Json.array();
        tag.required("triggers").asArray().fields().forEach(trigger -> triggers.add(trigger.asNonEmptyText()));
        return wrapped(Json.object()
                .add("type", "triggered_tags")
                .add("triggers", triggers)
                .add("tags", tags)
                .build());
    }

    private static JsonObject wrapped(JsonValue format) {
        return Json.object().add("type", "structural_tag").add("format", format).build();
    }

    /** Checks what is compiled within it, and gives it as it is enforced; the rest is for xgrammar to judge. */
    private static JsonValue format(Field at) {
        if (at.isArray()) {
            JsonArrayBuilder all = Json.array();
            at.asArray().fields().forEach(element -> all.add(format(element)));
            return all.build();
        }
        if (!at.isObject()) {
            return at.value();
        }
        Fields fields = at.asObject();
        JsonObjectBuilder all = Json.object();
        fields.object().forEach((name, value) -> {
            all.add(name, value == JsonValue.NULL ? value : member(fields.required(name), name));
        });
        return all.build();
    }

    private static JsonValue member(Field field, String name) {
        switch (name) {
            case "json_schema" -> {
                return field.isBoolean() ? field.value() : SchemaRules.enforced(field);
            }
            case "pattern" -> Bounds.checkPattern(field, field.asText());
            case "grammar" -> Bounds.checkGrammar(field, field.asText());
            default -> {
                return format(field);
            }
        }
        return field.value();
    }
}
