package io.grevy.tools;

import java.util.List;

/** Calls of Gemma 3, each in a fence of its own. */
final class Gemma3Structure implements CallStructure {
    private static final String FENCE = "```tool_code";

    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> PythonStructure.call(tool, FENCE + "\n", "\n```"))
                .toList();
        return StructuralTag.triggered(FENCE, tags, required, once);
    }
}
