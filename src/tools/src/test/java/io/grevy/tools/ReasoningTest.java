package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;
import static io.grevy.tools.Reading.reasoning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasoningTest {
    private final Reading qwen = Reading.of(ToolFormat.HERMES3, ReasoningFormat.QWEN3);

    @Test
    void tellsReasoningFromContentAndTrimsBoth() {
        qwen.gives(
                "<think>\nA < b,\n\nso </thin.\n</think>\n\nYes.\n",
                reasoning("A < b,\n\nso </thin."),
                content("Yes.\n"));
    }

    @Test
    void readsCallsBehindReasoning() {
        qwen.gives(
                "\n<think>Ü</think>\n<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>",
                reasoning("Ü"),
                call("f", "{}"));
    }

    @Test
    void leavesCallsWithinReasoningAlone() {
        qwen.gives(
                "<think><tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call></think>x",
                reasoning("<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>"),
                content("x"));
    }

    @Test
    void givesNothingForEmptyReasoning() {
        qwen.gives("<think>\n\n</think>\n\nHello", content("Hello"));
    }

    @Test
    void beginsInsideWhereThePromptDid() {
        qwen.insideReasoning().gives("Hm.\n</think>\nHello", reasoning("Hm."), content("Hello"));
        qwen.insideReasoning().gives("<think>\nHm.</think>Hello", reasoning("Hm."), content("Hello"));
        qwen.insideReasoning().gives("</think>\n\nHello", content("Hello"));
    }

    @Test
    void leavesTagsWithinAnAnswerAlone() {
        for (String text : new String[] {"The <think> tag", "x</think>y", " <thin", "<thing>", "\n \n"}) {
            qwen.gives(text, content(text));
        }
    }

    @Test
    void keepsReasoningCutShort() {
        qwen.gives("<think>\nLet me </th", reasoning("Let me </th"));
        qwen.insideReasoning().gives("Let ", reasoning("Let"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MINICPM5", "LFM2"})
    void removesTheEndTokenWhichSpecialTokensLeave(ReasoningFormat format) {
        Reading.of(format).gives("<think>A</think>B<|im_end|>", reasoning("A"), content("B"));
        Reading.of(format).gives("<|im_end|> is a token<|im_e", content("<|im_end|> is a token<|im_e"));
    }

    @Test
    void readsMistral() {
        Reading.of(ToolFormat.MISTRAL, ReasoningFormat.MISTRAL)
                .gives(
                        "[THINK]A[b][/THINK]B[TOOL_CALLS]f[ARGS]{}</s>",
                        reasoning("A[b]"),
                        content("B"),
                        call("f", "{}"));
    }

    @Test
    void readsGemmaAnywhere() {
        Reading gemma = Reading.of(ToolFormat.GEMMA4, ReasoningFormat.GEMMA4);
        gemma.gives("<|channel>thought\n<channel|>Hi<turn|>", content("Hi"));
        gemma.gives(
                "<|channel>thought\nA\n<channel|>\nB <|channel>thoughtful<channel|> C<|tool_call>call:f{}<tool_call|>",
                reasoning("A"),
                content("B"),
                reasoning("\nthoughtful"),
                content(" C"),
                call("f", "{}"));
    }

    @Test
    void readsDeepSeekFromTheBeginning() {
        Reading deepSeek = Reading.of(ReasoningFormat.DEEPSEEK_R1).insideReasoning();
        deepSeek.gives("Hm\n</think>\n\nYes", reasoning("Hm"), content("Yes"));
        deepSeek.gives("<think>\nHm\n</think>\n\nYes", reasoning("Hm"), content("Yes"));
    }
}
