package io.grevy.tools;

import java.util.List;

/** Describes answers with calls in a format. */
interface CallStructure {
    /**
     * @param required whether the answer has to be a call
     * @param once whether it ends with the first call
     */
    StructuralTag of(List<Tool> tools, boolean required, boolean once);

    /** A name within JSON's quotes. */
    static String quoted(Tool tool) {
        return JsonText.quoted(tool.name());
    }
}
