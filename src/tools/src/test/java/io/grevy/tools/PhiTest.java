package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class PhiTest {
    private final Reading phi = Reading.of(ToolFormat.PHI4);

    @Test
    void readsListsOfCalls() {
        phi.gives(
                "functools[{\"name\": \"f\", \"arguments\": {\"a\": \"[]\\\"\"}}, {\"name\": \"g\", \"parameters\": {}}]<|end|>",
                call("f", "{\"a\": \"[]\\\"\"}"),
                call("g", "{}"));
        phi.gives(
                "One moment.\nfunctools [\n{\"name\": \"f\", \"arguments\": {\"ö\": null}}\n]\nDone",
                content("One moment."),
                call("f", "{\"ö\": null}"),
                content("\nDone"));
        phi.gives("<|tool_call|>[{\"name\": \"f\", \"arguments\": {}}]<|/tool_call|><|end|>", call("f", "{}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "Use functools.wraps for that, or functools",
            "functools[0]",
            "functools[]",
            "functools[{\"name\": \"f\"",
            "functools[{\"label\": 1}]",
        }) {
            phi.gives(text, content(text));
        }
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        phi.gives("functools[{\"name\": \"f\", \"arguments\": {\"a\": tr", call("f", "{\"a\": tr"));
    }
}
