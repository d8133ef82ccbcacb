package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MistralTest {
    @ParameterizedTest
    @EnumSource(names = {"MISTRAL", "DEVSTRAL"})
    void readsListsOfCalls(ToolFormat format) {
        Reading.of(format)
                .gives(
                        "Sure. [TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {\"a\": \"]\"}, \"id\": \"abc123xyz\"}, {\"name\": \"g\", \"arguments\": {}}]</s>",
                        content("Sure."),
                        call("f", "{\"a\": \"]\"}"),
                        call("g", "{}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MISTRAL", "DEVSTRAL"})
    void readsNamedArguments(ToolFormat format) {
        Reading.of(format)
                .gives(
                        "[TOOL_CALLS]f[ARGS]{\"a\": {\"b\": \"}ü\\\"\"}}[TOOL_CALLS]g [ARGS] {}</s>",
                        call("f", "{\"a\": {\"b\": \"}ü\\\"\"}}"),
                        call("g", "{}"));
        Reading.of(format).gives("[TOOL_CALLS]f{\"a\": 1}[TOOL_CALLS]g{}", call("f", "{\"a\": 1}"), call("g", "{}"));
        Reading.of(format).gives("x[TOOL_CALLS]list_tools[ARGS]</s>", content("x"), call("list_tools", "{}"));
    }

    @Test
    void readsTheNextCallWhereArgumentsAreNotClosed() {
        Reading.of(ToolFormat.DEVSTRAL)
                .gives("[TOOL_CALLS]f[ARGS]{\"a\": 1[TOOL_CALLS]g[ARGS]{}", call("f", "{\"a\": 1"), call("g", "{}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "[TOOL_CALLS]",
            "[TOOL_CALLS]some name[ARGS]{}",
            "[TOOL_CALLS]name[AR",
            "[TOOL_CALLS]name[ARGS]text",
            "[TOOL_CALLS]{\"a\": 1}",
            "[TOOL_CALLS][1, 2]",
            "a [TOOL and [1]",
        }) {
            Reading.of(ToolFormat.MISTRAL).gives(text, content(text));
        }
        Reading.of(ToolFormat.MISTRAL)
                .gives("[TOOL_CALLS][{\"name\":\"f\",\"arguments\":{}}, oops]", call("f", "{}"), content(", oops]"));
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        Reading.of(ToolFormat.DEVSTRAL).gives("[TOOL_CALLS]f[ARGS]{\"a\": </s>", call("f", "{\"a\": "));
        Reading.of(ToolFormat.MISTRAL)
                .gives("[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"a\": \"b", call("f", "{\"a\": \"b"));
    }
}
