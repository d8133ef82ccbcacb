package io.grevy.tools;

import org.jspecify.annotations.Nullable;

/**
 * The tags of calls which are written like XML, though nothing in them is escaped.
 *
 * @param nameEnd what stands behind a function's or a parameter's name
 * @param verbatim what begins a value that ends with {@code verbatimEnd} before its end tag
 */
record TagNames(
        String function,
        String nameEnd,
        String parameter,
        String parameterEnd,
        String functionEnd,
        @Nullable String verbatim,
        String verbatimEnd) {
    static final TagNames QWEN3_CODER =
            new TagNames("<function=", ">", "<parameter=", "</parameter>", "</function>", null, "");
    static final TagNames MINICPM5 =
            new TagNames("<function name=\"", "\">", "<param name=\"", "</param>", "</function>", "<![CDATA[", "]]>");
}
