package io.grevy.tools;

import io.grevy.tools.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Calls as {@link PythonListReader} reads them; values are JSON, which it takes too. */
final class PythonStructure {
    private PythonStructure() {}

    /** One call, in a list of its own. */
    static StructuralTag call(Tool tool, String before, String after) {
        return StructuralTag.tag(before + "[" + tool.name() + "(", arguments(Parameters.of(tool)), ")]" + after);
    }

    private static StructuralTag arguments(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            return StructuralTag.nothing();
        }
        if (parameters.get(0).required()) {
            return from(parameters);
        }
        // Any of them may be the first; the others follow in their order.
        List<StructuralTag> choices = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            choices.add(from(parameters.subList(i, parameters.size())));
        }
        return StructuralTag.optional(StructuralTag.oneOf(choices));
    }

    private static StructuralTag from(List<Parameter> parameters) {
        List<StructuralTag> elements = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String before = elements.isEmpty() ? "" : ", ";
            StructuralTag value =
                    StructuralTag.tag(before + parameter.name() + "=", StructuralTag.schema(parameter.schema()), "");
            elements.add(elements.isEmpty() || parameter.required() ? value : StructuralTag.optional(value));
        }
        return StructuralTag.sequence(elements);
    }
}
