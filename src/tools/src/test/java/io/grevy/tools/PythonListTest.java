package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class PythonListTest {
    private final Reading lfm = Reading.of(ToolFormat.LFM2);
    private final Reading gemma = Reading.of(ToolFormat.GEMMA3);

    @Test
    void readsValuesOfEveryKind() {
        lfm.gives(
                "<|tool_call_start|>[f(a=\"x, y)\", b='it\\'s \"q\"', c=True, d=None, e=-1.5e3, g=[1, (2, 3), []], h={'k': {\"l\": false}, 5: .5}, i=1_000)]<|tool_call_end|>",
                call(
                        "f",
                        "{\"a\": \"x, y)\", \"b\": \"it's \\\"q\\\"\", \"c\": true, \"d\": null, \"e\": -1.5e3, \"g\": [1, [2, 3], []], \"h\": {\"k\": {\"l\": false}, \"5\": 0.5}, \"i\": 1000}"));
    }

    @Test
    void readsEscapesAndOtherScripts() {
        lfm.gives(
                "<|tool_call_start|>[f(ä='é🦆\\n\\t\\x41\\u00e9\\\\\\d\\xZ')]<|tool_call_end|>",
                call("f", "{\"ä\": \"é🦆\\n\\t\\u0041\\u00e9\\\\\\\\d\\\\xZ\"}"));
    }

    @Test
    void readsSeveralCallsAndContent() {
        lfm.gives(
                "Checking.<|tool_call_start|>[a(), m.b(x=1,)]<|tool_call_end|> ok <|tool_call_start|>c(y=free text)<|tool_call_end|><|im_end|>",
                content("Checking."),
                call("a", "{}"),
                call("m.b", "{\"x\": 1}"),
                content(" ok"),
                call("c", "{\"y\": \"free text\"}"));
    }

    @Test
    void readsJsonCallsOfLfm() {
        lfm.gives(
                "<|tool_call_start|>[{\"name\": \"f\", \"arguments\": {\"a\": 1}}, {\"name\": \"g\"}]<|tool_call_end|>",
                call("f", "{\"a\": 1}"),
                call("g", "{}"));
    }

    @Test
    void passesOnWhatBreaksTheNotation() {
        lfm.gives("<|tool_call_start|>[f(a='x' 'y')]<|tool_call_end|>z", call("f", "{\"a\": \"x\"'y')]"), content("z"));
        lfm.gives("<|tool_call_start|>[f(a=1<|tool_call_end|>z", call("f", "{\"a\": 1"), content("z"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "<|tool_call_start|>[f('positional')]<|tool_call_end|>",
            "<|tool_call_start|>[]<|tool_call_end|>",
            "<|tool_call_start|>f",
            "<|tool_call_start|>[f(a",
            "<|tool_call_start|>some text",
            "call f(a=1) or [f(a=1)]",
        }) {
            lfm.gives(text, content(text));
        }
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        lfm.gives("<|tool_call_start|>[f(a='x\\", call("f", "{\"a\": \"x\\\\"));
        lfm.gives("<|tool_call_start|>[f(a=[1, 2", call("f", "{\"a\": [1, 2"));
        lfm.gives("<|tool_call_start|>[f(a=1)]<|tool_ca", call("f", "{\"a\": 1}"));
    }

    @Test
    void readsFencesOfGemma() {
        gemma.gives(
                "Sure:\n```tool_code\nf(a=\"x\")\ng(b=2)\n```\nThere.",
                content("Sure:"),
                call("f", "{\"a\": \"x\"}"),
                call("g", "{\"b\": 2}"),
                content("\nThere."));
        gemma.gives("```tool_call\n[f()]\n```", call("f", "{}"));
    }

    @Test
    void readsTheBareListOfGemma() {
        gemma.gives("[f(a=1), g()]", call("f", "{\"a\": 1}"), call("g", "{}"));
    }

    @Test
    void leavesOtherListsAndFencesAsContent() {
        for (String text : new String[] {
            "[link](http://example.org)",
            "[1, 2, 3]",
            "So: [f(a=1)]",
            "```python\nf(a=1)\n```",
            "```tool_code\nx = 1\n```",
            "[{\"name\": \"f\"}]",
        }) {
            gemma.gives(text, content(text));
        }
    }
}
