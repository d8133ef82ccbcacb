package io.grevy.tools;

import java.util.List;

/** Calls as {@link LlamaReader} reads them, without {@code <|python_tag|>}. */
final class LlamaStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "{\"name\": " + CallStructure.quoted(tool) + ", \"parameters\": ",
                        StructuralTag.schema(tool.schema()),
                        "}"))
                .toList();
        return StructuralTag.triggered("{\"name\": ", tags, required, once);
    }
}
