package io.grevy.tools;

import java.util.List;

/**
 * Calls as {@link Gemma4Reader} reads them, but with arguments in JSON, which the reader takes too: the schema can be
 * forced upon JSON alone.
 */
final class Gemma4Structure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "<|tool_call>call:" + tool.name(), StructuralTag.schema(tool.schema()), "<tool_call|>"))
                .toList();
        return StructuralTag.triggered("<|tool_call>", tags, required, once);
    }
}
