package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;
import static io.grevy.tools.Reading.reasoning;

import org.junit.jupiter.api.Test;

class HarmonyTest {
    private final Reading harmony = Reading.of(ToolFormat.GPT_OSS, ReasoningFormat.GPT_OSS);

    @Test
    void tellsReasoningFromTheAnswer() {
        harmony.gives(
                "<|channel|>analysis<|message|>They greet. <b>\n<|end|><|start|>assistant<|channel|>final<|message|>Hello 🦆!\n<|return|>",
                reasoning("They greet. <b>"),
                content("Hello 🦆!\n"));
    }

    @Test
    void readsCallsHoweverTheirHeadIsWritten() {
        for (String head : new String[] {
            "<|channel|>commentary to=functions.f <|constrain|>json<|message|>",
            "<|channel|>commentary to=functions.f<|constrain|>json<|message|>",
            "<|start|>assistant to=functions.f<|channel|>commentary json<|message|>",
            " to=functions.f<|channel|>commentary <|constrain|>json<|message|>",
            "<|channel|>analysis to=functions.f code<|message|>",
        }) {
            harmony.gives(head + "{\"a\": \"}\\\"ü\"}<|call|>", call("f", "{\"a\": \"}\\\"ü\"}"));
        }
    }

    @Test
    void readsReasoningPreambleCallsAndAnswer() {
        harmony.gives(
                "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary<|message|>I look.<|end|>"
                        + "<|start|>assistant<|channel|>commentary to=functions.a <|constrain|>json<|message|> {} <|call|>"
                        + "<|start|>assistant<|channel|>analysis<|message|>So<|end|>"
                        + "<|start|>assistant<|channel|>commentary to=functions.b<|message|><|call|>"
                        + "<|start|>assistant<|channel|>final<|message|>Done<|return|>",
                reasoning("Hm"),
                content("I look."),
                call("a", "{}"),
                reasoning("\nSo"),
                call("b", "{}"),
                content("\nDone"));
    }

    @Test
    void keepsWhatIsNoJsonAsArguments() {
        harmony.gives(
                "<|channel|>commentary to=functions.run code<|message|>print(\"x\")<|call|>",
                call("run", "print(\"x\")"));
        harmony.gives(
                "<|channel|>commentary to=functions.f<|message|>{\"a\": 1} and<|call|>", call("f", "{\"a\": 1}and"));
    }

    @Test
    void takesTextWithoutMessagesAsContent() {
        for (String text : new String[] {"Hello, all", "to be", "assist", "a <| b <|mess", " x "}) {
            harmony.gives(text, content(text));
        }
    }

    @Test
    void keepsWhatWasCutShort() {
        harmony.gives("<|channel|>analysis<|message|>Thinking <|en", reasoning("Thinking <|en"));
        harmony.gives("<|channel|>commentary to=functions.f<|message|>{\"a\": [", call("f", "{\"a\": ["));
        harmony.gives("<|channel|>final<|message|>Hi<|end|><|start|>assistant<|channel|>fin", content("Hi"));
    }

    @Test
    void readsNoCallsWithoutTools() {
        Reading.of(ReasoningFormat.GPT_OSS)
                .gives(
                        "<|channel|>analysis<|message|>A<|end|><|start|>assistant<|channel|>commentary to=functions.f<|message|>{}<|call|>",
                        reasoning("A"),
                        content("{}"));
    }
}
