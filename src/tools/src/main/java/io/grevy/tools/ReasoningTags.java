package io.grevy.tools;

/**
 * Markers around reasoning.
 *
 * @param label what may stand behind the begin marker without being reasoning
 * @param anywhere whether reasoning may begin anywhere, the markers being tokens which no text contains by chance; else
 *     only where the answer begins, so that an answer may speak of the marker
 */
record ReasoningTags(String open, String close, String label, boolean anywhere) {
    static final ReasoningTags THINK = new ReasoningTags("<think>", "</think>", "<think>", false);
    static final ReasoningTags MISTRAL = new ReasoningTags("[THINK]", "[/THINK]", "[THINK]", false);
    static final ReasoningTags GEMMA4 = new ReasoningTags("<|channel>", "<channel|>", "thought\n", true);
}
