package io.grevy.tools;

import java.util.List;

/** Calls as {@link JsonListReader} reads them: one list of calls behind a marker. */
final class JsonListStructure implements CallStructure {
    private final String marker;

    JsonListStructure(String marker) {
        this.marker = marker;
    }

    @Override
    public StructuralTag of(List<Tool> tools, boolean required, boolean once) {
        List<StructuralTag> calls = tools.stream()
                .map(tool -> StructuralTag.tag(
                        "{\"name\": " + CallStructure.quoted(tool) + ", \"arguments\": ",
                        StructuralTag.schema(tool.schema()),
                        "}"))
                .toList();
        StructuralTag list = StructuralTag.tag(marker + "[", StructuralTag.separated(", ", calls, once), "]");
        return StructuralTag.triggered(marker + "[", List.of(list), required, true);
    }
}
