package io.grevy.tools;

import java.util.List;

/** Calls of Qwen 3 Coder as {@link TaggedReader} reads them, each as the model's chat template writes it. */
final class QwenCoderStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "<tool_call>\n<function=" + tool.name() + ">\n",
                        TaggedStructure.of(tool, "<parameter=", ">\n", "\n</parameter>\n"),
                        "</function>\n</tool_call>"))
                .toList();
        return StructuralTag.triggered("<tool_call>", tags, required, once);
    }
}
