package io.grevy.tools;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * What an answer has to look like, in xgrammar's form, which the engine's {@code structural_tags_config} takes as text.
 * OpenVINO GenAI 2026.4.1 has xgrammar 0.1.31, which knows the kinds below and no optional element.
 *
 * @see <a href="https://xgrammar.mlc.ai/docs/tutorials/structural_tag.html">xgrammar structural tag</a>
 */
public record StructuralTag(JsonObject format) {
    static final JsonObject ANY_OBJECT =
            Json.createObjectBuilder().add("type", "object").build();

    /** The text which the engine takes. */
    public String json() {
        return Json.createObjectBuilder()
                .add("type", "structural_tag")
                .add("format", format)
                .build()
                .toString();
    }

    static StructuralTag anyText() {
        return of("any_text", Json.createObjectBuilder());
    }

    static StructuralTag constant(String text) {
        return of("const_string", Json.createObjectBuilder().add("value", text));
    }

    /** No text at all; the engine takes no empty constant. */
    static StructuralTag nothing() {
        return of("grammar", Json.createObjectBuilder().add("grammar", "root ::= \"\""));
    }

    static StructuralTag regex(String pattern) {
        return of("regex", Json.createObjectBuilder().add("pattern", pattern));
    }

    static StructuralTag schema(JsonValue schema) {
        return of("json_schema", Json.createObjectBuilder().add("json_schema", schema));
    }

    static StructuralTag tag(String begin, StructuralTag content, String end) {
        return of(
                "tag",
                Json.createObjectBuilder()
                        .add("begin", begin)
                        .add("content", content.format)
                        .add("end", end));
    }

    static StructuralTag sequence(List<StructuralTag> elements) {
        return elements.size() == 1
                ? elements.get(0)
                : of("sequence", Json.createObjectBuilder().add("elements", array(elements)));
    }

    static StructuralTag oneOf(List<StructuralTag> elements) {
        return elements.size() == 1
                ? elements.get(0)
                : of("or", Json.createObjectBuilder().add("elements", array(elements)));
    }

    static StructuralTag optional(StructuralTag element) {
        return oneOf(List.of(element, nothing()));
    }

    /**
     * Text in which tags stand.
     *
     * @param trigger what the tags begin with; once the model has written it, one of them has to follow
     * @param required whether the text begins with a tag
     * @param once whether the text ends with the first tag
     */
    static StructuralTag triggered(String trigger, List<StructuralTag> tags, boolean required, boolean once) {
        return of(
                "triggered_tags",
                Json.createObjectBuilder()
                        .add("triggers", Json.createArrayBuilder().add(trigger))
                        .add("tags", array(tags))
                        .add("at_least_one", required)
                        .add("stop_after_first", once));
    }

    /** At least one tag. */
    static StructuralTag separated(String separator, List<StructuralTag> tags, boolean once) {
        return of(
                "tags_with_separator",
                Json.createObjectBuilder()
                        .add("tags", array(tags))
                        .add("separator", separator)
                        .add("at_least_one", true)
                        .add("stop_after_first", once));
    }

    private static JsonArray array(List<StructuralTag> elements) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        elements.forEach(element -> array.add(element.format));
        return array.build();
    }

    private static StructuralTag of(String type, JsonObjectBuilder members) {
        return new StructuralTag(Json.createObjectBuilder(
                        Json.createObjectBuilder().add("type", type).build())
                .addAll(members)
                .build());
    }
}
