package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class Gemma4Test {
    private final Reading gemma = Reading.of(ToolFormat.GEMMA4);

    @Test
    void readsValuesOfEveryKind() {
        gemma.gives(
                "<|tool_call>call:f{text:<|\"|>{a}, \"b\": [c]\\<|\"|>,n:42,x:-0.5,ok:true,none:null,list:[<|\"|>ü<|\"|>,2,[]],obj:{k:<|\"|>it's 🦆<|\"|>,<|\"|>q k<|\"|>:{}}}<tool_call|><|tool_response>",
                call(
                        "f",
                        "{\"text\": \"{a}, \\\"b\\\": [c]\\\\\", \"n\": 42, \"x\": -0.5, \"ok\": true, \"none\": null, \"list\": [\"ü\", 2, []], \"obj\": {\"k\": \"it's 🦆\", \"q k\": {}}}"));
    }

    @Test
    void readsJsonArguments() {
        gemma.gives(
                "<|tool_call>call:f{\"a\": \"x\\n\\\"\\u00e9\", \"b c\": [1, {\"d\": null}]}<tool_call|>",
                call("f", "{\"a\": \"x\\n\\\"\\u00e9\", \"b c\": [1, {\"d\": null}]}"));
    }

    @Test
    void readsSeveralCallsAndContent() {
        gemma.gives(
                "I do.\n<|tool_call>call:a{}call:b{x:1}<tool_call|><|tool_call>call:c{}<tool_call|> Well.<turn|>",
                content("I do."),
                call("a", "{}"),
                call("b", "{\"x\": 1}"),
                call("c", "{}"),
                content(" Well."));
    }

    @Test
    void keepsEmptyAndBareText() {
        gemma.gives(
                "<|tool_call>call:f{a:<|\"|><|\"|>,b:two words,c:}<tool_call|>",
                call("f", "{\"a\": \"\", \"b\": \"two words\", \"c\": \"\"}"));
    }

    @Test
    void leavesWhatIsNoCallAsContent() {
        for (String text : new String[] {
            "<|tool_call>call:broken<tool_call|>",
            "<|tool_call>call:broken{argument}<tool_call|>",
            "<|tool_call>f{}",
            "<|tool_call>call:f{a",
            "<|tool_c",
        }) {
            gemma.gives(text, content(text));
        }
    }

    @Test
    void keepsTheArgumentsOfABrokenCallAndOfOneCutShort() {
        gemma.gives("<|tool_call>call:f{a:<|\"|>v<|\"|><tool_call|>", call("f", "{\"a\": \"v\""));
        gemma.gives("<|tool_call>call:f{a:<|\"|>v <|", call("f", "{\"a\": \"v <|"));
        gemma.gives("<|tool_call>call:f{a:12", call("f", "{\"a\": 12"));
    }
}
