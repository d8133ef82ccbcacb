package io.grevy.tools;

import java.util.List;

/**
 * Calls as {@link HarmonyStage} reads them. Nothing closes them here: {@code <|call|>} is one of the model's end tokens,
 * which the engine allows only where the answer may end.
 */
final class HarmonyStructure implements CallStructure {
    private static final String TO = "<|channel|>commentary to=functions.";

    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> tags = tools.stream()
                .map(tool -> StructuralTag.tag(
                        TO + tool.name() + " <|constrain|>json<|message|>", StructuralTag.schema(tool.schema()), ""))
                .toList();
        return StructuralTag.triggered(TO, tags, required, once || required);
    }

    /** What may stand before a call that is required. */
    static StructuralTag analysis() {
        return StructuralTag.optional(StructuralTag.tag(
                "<|channel|>analysis<|message|>", StructuralTag.anyText(), "<|end|><|start|>assistant"));
    }
}
