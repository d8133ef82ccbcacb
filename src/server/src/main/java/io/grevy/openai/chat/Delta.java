package io.grevy.openai.chat;

import io.grevy.openai.Json;

/**
 * What a chunk adds to a choice's message.
 *
 * @param members of the object, as JSON
 * @param content whether the content is among them
 */
record Delta(String members, boolean content) {

    static Delta content(String text) {
        return new Delta("\"content\":" + Json.quoted(text), true);
    }

    static Delta reasoning(String text) {
        return new Delta("\"reasoning_content\":" + Json.quoted(text), false);
    }

    static Delta call(int index, String id, String name) {
        return new Delta(
                "\"tool_calls\":[{\"index\":" + index + ",\"id\":" + Json.quoted(id)
                        + ",\"type\":\"function\",\"function\":{\"name\":" + Json.quoted(name)
                        + ",\"arguments\":\"\"}}]",
                false);
    }

    static Delta arguments(int index, String json) {
        return new Delta(
                "\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":" + Json.quoted(json) + "}}]",
                false);
    }

    /** @param first whether the message begins with it */
    String json(boolean first) {
        String begin = first ? "\"role\":\"assistant\"," + (content ? "" : "\"content\":null,") : "";
        return "{" + begin + members + "}";
    }
}
