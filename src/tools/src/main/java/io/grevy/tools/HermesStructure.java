package io.grevy.tools;

import java.util.List;

/** Calls as {@link HermesReader} reads them, each as Qwen's chat template writes it. */
final class HermesStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "<tool_call>\n{\"name\": " + CallStructure.quoted(tool) + ", \"arguments\": ",
                        StructuralTag.schema(tool.schema()),
                        "}\n</tool_call>"))
                .toList();
        return StructuralTag.triggered("<tool_call>", tags, required, once);
    }
}
