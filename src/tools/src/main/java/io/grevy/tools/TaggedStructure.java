package io.grevy.tools;

import io.grevy.tools.Parameters.Parameter;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Parameters as {@link TaggedReader} reads them: text as it is, all else as JSON. */
final class TaggedStructure {
    private TaggedStructure() {}

    /**
     * @param begin what stands before a parameter's name
     * @param nameEnd what stands behind its name, before the value
     * @param end what stands behind the value
     */
    static StructuralTag of(Tool tool, String begin, String nameEnd, String end) {
        List<StructuralTag> elements = new ArrayList<>();
        for (Parameter parameter : Parameters.of(tool)) {
            StructuralTag tag = StructuralTag.tag(begin + parameter.name() + nameEnd, value(parameter.schema()), end);
            elements.add(parameter.required() ? tag : StructuralTag.optional(tag));
        }
        return elements.isEmpty() ? StructuralTag.nothing() : StructuralTag.sequence(elements);
    }

    private static StructuralTag value(JsonObject schema) {
        if (schema.get("enum") instanceof JsonArray values
                && !values.isEmpty()
                && values.stream().allMatch(JsonString.class::isInstance)) {
            return StructuralTag.oneOf(values.stream()
                    .map(value -> StructuralTag.constant(((JsonString) value).getString()))
                    .toList());
        }
        boolean text = schema.get("type") instanceof JsonString type
                && type.getString().equals("string");
        if (!text) {
            return StructuralTag.schema(schema);
        }
        return schema.get("pattern") instanceof JsonString pattern
                ? StructuralTag.regex(pattern.getString())
                : StructuralTag.anyText();
    }
}
