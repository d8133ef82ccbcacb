package io.grevy.tools;

import java.util.List;

/** Reasoning which may stand before a call that is required. */
final class ReasoningStructure {
    private ReasoningStructure() {}

    /** @param inside whether the answer begins within reasoning, which then has to end */
    static StructuralTag before(ReasoningTags tags, boolean inside) {
        StructuralTag lines = StructuralTag.regex("\\n{0,2}");
        String begin = inside ? "" : tags.open() + (tags.label().equals(tags.open()) ? "" : tags.label());
        StructuralTag reasoning = StructuralTag.tag(begin, StructuralTag.anyText(), tags.close());
        StructuralTag both = StructuralTag.sequence(List.of(reasoning, lines));
        return inside ? both : StructuralTag.optional(both);
    }
}
