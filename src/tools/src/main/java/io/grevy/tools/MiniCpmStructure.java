package io.grevy.tools;

import java.util.List;

/** Calls of MiniCPM 5 as {@link TaggedReader} reads them. */
final class MiniCpmStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "<function name=\"" + tool.name() + "\">",
                        TaggedStructure.of(tool, "<param name=\"", "\">", "</param>"),
                        "</function>"))
                .toList();
        return StructuralTag.triggered("<function name=\"", tags, required, once);
    }
}
