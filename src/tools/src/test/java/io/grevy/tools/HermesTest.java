package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class HermesTest {
    private final Reading hermes = Reading.of(ToolFormat.HERMES3);

    @Test
    void readsOneCall() {
        hermes.gives("""
                <tool_call>
                {"name": "get_weather", "arguments": {"city": "Oslo", "days": 3}}
                </tool_call>""", call("get_weather", "{\"city\": \"Oslo\", \"days\": 3}"));
    }

    @Test
    void readsSeveralCalls() {
        hermes.gives(
                "<tool_call>\n{\"name\":\"a\",\"arguments\":{}}\n</tool_call>\n<tool_call>{\"name\":\"b\",\"arguments\":{\"x\":[1,{}]}}</tool_call>\n",
                call("a", "{}"),
                call("b", "{\"x\":[1,{}]}"));
    }

    @Test
    void keepsContentBeforeBetweenAndAfter() {
        hermes.gives(
                "Let me see.\n\n<tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call> then\n<tool_call>{\"name\":\"b\",\"arguments\":{}}</tool_call>\nDone.\n",
                content("Let me see."),
                call("a", "{}"),
                content(" then"),
                call("b", "{}"),
                content("\nDone.\n"));
    }

    @Test
    void readsNestedArgumentsWithQuotesBracesAndOtherScripts() {
        String arguments = "{\"a\": {\"b\": [\"}\", \"{\\\"x\\\"\", \"\\\\\"]}, \"ü\": \"日本 🦆 </tool_call>\"}";
        hermes.gives(
                "<tool_call>{\"name\": \"f\", \"arguments\": " + arguments + "}</tool_call>", call("f", arguments));
    }

    @Test
    void escapesLineBreaksWhichTheModelWroteIntoAString() {
        hermes.gives(
                "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"x\ny\t\"}}</tool_call>",
                call("f", "{\"a\": \"x\\ny\\t\"}"));
    }

    @Test
    void takesMembersInAnyOrderAndOthersBesides() {
        hermes.gives(
                "<tool_call>{\"id\": [1, \"}\"], \"arguments\": {\"a\": 1}, \"n\": 1.5, \"name\": \"f\"}</tool_call>",
                call("f", "{\"a\": 1}"));
    }

    @Test
    void takesArgumentsWhichAreAbsentNullOrAText() {
        hermes.gives("<tool_call>{\"name\": \"f\"}</tool_call>", call("f", "{}"));
        hermes.gives("<tool_call>{\"name\": \"f\", \"arguments\": null}</tool_call>", call("f", "{}"));
        hermes.gives(
                "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": \\\"b\\\"}\"}</tool_call>",
                call("f", "{\"a\": \"b\"}"));
    }

    @Test
    void forgivesABraceTooManyOrTooFew() {
        hermes.gives("<tool_call>{\"name\": \"f\", \"arguments\": {}}}\n</tool_call>", call("f", "{}"));
        hermes.gives("<tool_call>{\"name\": \"f\", \"arguments\": {}</tool_call>x", call("f", "{}"), content("x"));
        hermes.gives("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1</tool_call>", call("f", "{\"a\": 1"));
    }

    @Test
    void readsTheNextCallWhereAnEndTagIsMissing() {
        hermes.gives(
                "<tool_call>{\"name\":\"a\",\"arguments\":{}}\n<tool_call>{\"name\":\"b\",\"arguments\":{}}",
                call("a", "{}"),
                call("b", "{}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "<tool_call>hello</tool_call>",
            "<tool_call>{\"name\": 5, \"arguments\": {}}</tool_call>",
            "<tool_call>{\"arguments\": {\"a\": 1}}</tool_call>",
            "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>",
            "<tool_call>{\"name\": \"f\", \"arguments\": nothing}</tool_call>",
            "<tool_call>{name: \"f\"}</tool_call>",
            "<tool_call>{\"name\": \"a b\", \"arguments\": {}}</tool_call>",
            "a <tool_call and </tool_call> <",
            "<tool_call>\n",
            "<tool_call>{\"name\": \"f\", \"argum",
            "{\"name\": \"f\", \"arguments\": {}}",
        }) {
            hermes.gives(text, content(text));
        }
    }

    @Test
    void readsTheCallBehindAMarkerThatOpensNone() {
        hermes.gives(
                "<tool_call>No: <tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call>",
                content("<tool_call>No:"),
                call("a", "{}"));
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        hermes.gives("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"Osl", call("f", "{\"a\": \"Osl"));
        hermes.gives("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_", call("f", "{\"a\": 1}"));
    }
}
