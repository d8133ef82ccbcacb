package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class MiniCpmTest {
    private static final Tool FIND = Reading.tool(
            "find", "{\"properties\": {\"query\": {\"type\": \"string\"}, \"count\": {\"type\": \"integer\"}}}");
    private final Reading miniCpm = Reading.of(ToolFormat.MINICPM5, FIND);

    @Test
    void readsCallsAndContent() {
        miniCpm.gives(
                "I search.\n<function name=\"find\"><param name=\"query\">42</param><param name=\"count\">42</param></function>\n<function name=\"pwd\"></function><|im_end|>",
                content("I search."),
                call("find", "{\"query\": \"42\", \"count\": 42}"),
                call("pwd", "{}"));
    }

    @Test
    void readsVerbatimValues() {
        miniCpm.gives(
                "<function name=\"find\"><param name=\"query\"><![CDATA[<b> & \"x\"\n]] ]]></param></function>",
                call("find", "{\"query\": \"<b> & \\\"x\\\"\\n]] \"}"));
        miniCpm.gives(
                "<function name=\"find\"><param name=\"query\">a <![CDATA[b]]></param></function>",
                call("find", "{\"query\": \"a <![CDATA[b]]>\"}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "<function name=find>", "<function name=\"f\" id=\"1\">", "<function name=\"f\">text", "<function na",
        }) {
            miniCpm.gives(text, content(text));
        }
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        miniCpm.gives("<function name=\"find\"><param name=\"query\"><![CDATA[ü]]", call("find", "{\"query\": \"ü]]"));
    }
}
