package io.grevy.tools;

import java.util.List;

/** Calls of LFM2, each between markers of its own. */
final class LfmStructure implements CallStructure {
    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> PythonStructure.call(tool, "<|tool_call_start|>", "<|tool_call_end|>"))
                .toList();
        return StructuralTag.triggered("<|tool_call_start|>", tags, required, once);
    }
}
