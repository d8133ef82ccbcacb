package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class QwenCoderTest {
    private static final Tool WRITE = Reading.tool("write", """
            {"type": "object", "properties": {
              "path": {"type": "string"}, "lines": {"type": "integer"}, "force": {"type": "boolean"},
              "tags": {"type": "array"}, "note": {"type": ["string", "null"]},
              "mode": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "kind": {"enum": ["1", "2"]}}}""");
    private final Reading qwen = Reading.of(ToolFormat.QWEN3_CODER, WRITE);

    @Test
    void typesArgumentsByTheSchema() {
        qwen.gives(
                """
                <tool_call>
                <function=write>
                <parameter=path>
                12
                </parameter>
                <parameter=lines>
                12
                </parameter>
                <parameter=force>
                True
                </parameter>
                <parameter=tags>
                ["a", {"b": "}"}]
                </parameter>
                <parameter=kind>
                1
                </parameter>
                </function>
                </tool_call>
                """,
                call(
                        "write",
                        "{\"path\": \"12\", \"lines\": 12, \"force\": true, \"tags\": [\"a\", {\"b\": \"}\"}], \"kind\": \"1\"}"));
    }

    @Test
    void takesNullWhereItMayStand() {
        qwen.gives(
                "<tool_call><function=write><parameter=path>null</parameter><parameter=note>null</parameter><parameter=mode>nullable</parameter></function></tool_call>",
                call("write", "{\"path\": \"null\", \"note\": null, \"mode\": \"nullable\"}"));
    }

    @Test
    void keepsTextAsItIsButForTheOuterLineBreaks() {
        qwen.gives(
                "<function=write>\n<parameter=path>\n\n<a href=\"x\">\\n</a>\n\n</parameter>\n</function>",
                call("write", "{\"path\": \"\\n<a href=\\\"x\\\">\\\\n</a>\\n\"}"));
        qwen.gives("<function=write><parameter=path>\n</parameter></function>", call("write", "{\"path\": \"\"}"));
    }

    @Test
    void readsSeveralCallsAndContent() {
        qwen.gives(
                "First 日本.\n<tool_call>\n<function=a>\n</function>\n</tool_call>\n<tool_call>\n<function=b>\n<parameter=n>\n1.5\n</parameter>\n</function>\n</tool_call>\nThen 🦆",
                content("First 日本."),
                call("a", "{}"),
                call("b", "{\"n\": 1.5}"),
                content("\nThen 🦆"));
    }

    @Test
    void guessesTheTypeWhereNoSchemaTells() {
        qwen.gives(
                "<function=x><parameter=a>{\"b\": 1}</parameter><parameter=b>{'b': 1}</parameter><parameter=c>007</parameter><parameter=d>None</parameter></function>",
                call("x", "{\"a\": {\"b\": 1}, \"b\": \"{'b': 1}\", \"c\": \"007\", \"d\": null}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "<tool_call>\n{\"name\": \"f\"}\n</tool_call>",
            "<function=f(x)>",
            "<function=f>text</function>",
            "<tool_call>\n<function=f>\n",
            "The tag <function=",
        }) {
            qwen.gives(text, content(text));
        }
    }

    @Test
    void putsStrayTextBehindTheCall() {
        qwen.gives(
                "<function=f><parameter=a>1</parameter> oops <parameter=b>2</parameter></function>",
                call("f", "{\"a\": 1, \"b\": 2}"),
                content("oops"));
    }

    @Test
    void endsTheCallWithTheOuterTagAlone() {
        qwen.gives(
                "<tool_call><function=f><parameter=a>1</parameter></tool_call>!",
                call("f", "{\"a\": 1}"),
                content("!"));
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        qwen.gives(
                "<function=write><parameter=lines>3</parameter><parameter=path>\n/tmp/x </par",
                call("write", "{\"lines\": 3, \"path\": \"/tmp/x </par"));
        qwen.gives("<function=write><parameter=lines>\n12", call("write", "{\"lines\": 12"));
    }
}
