package io.grevy.tools;

import java.util.List;

/** Calls as {@link NamedArgumentsReader} reads them. */
final class DevstralStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        MistralReader.MARKER + tool.name() + "[ARGS]", StructuralTag.schema(tool.schema()), ""))
                .toList();
        return StructuralTag.triggered(MistralReader.MARKER, tags, required, once);
    }
}
