package io.grevy.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random texts, made of the formats' own parts, cut at random: the seeds are fixed. */
class RandomTextsTest {
    private static final List<String> PARTS = List.of(
            "<tool_call>",
            "</tool_call>",
            "{\"name\": \"f\", \"arguments\": ",
            "{\"a\": \"}\"}",
            "}",
            "]",
            "[",
            ",",
            " ",
            "\n",
            "<|python_tag|>",
            "[TOOL_CALLS]",
            "f[ARGS]",
            "functools",
            "<|tool_call_start|>",
            "[f(a=1)",
            "f(b='x",
            "<|tool_call_end|>",
            "<|tool_call>",
            "call:f{a:",
            "<|\"|>",
            "<tool_call|>",
            "<function=f>",
            "<parameter=a>",
            "</parameter>",
            "</function>",
            "<function name=\"f\">",
            "<param name=\"b\">",
            "</param>",
            "```tool_code",
            "```",
            "<|channel|>",
            "analysis",
            "<|message|>",
            "<|end|>",
            "commentary to=functions.f",
            "<think>",
            "</think>",
            "<|channel>",
            "thought\n",
            "<channel|>",
            "<|im_end|>",
            "</s>",
            "text ",
            "ü",
            "🦆",
            "\"",
            "\\",
            "'",
            "<",
            "<|",
            "{",
            "(",
            ")",
            "=",
            ":",
            "1",
            "null");
    private static final List<String> WORDS = List.of(
            "text ", "ü", "🦆", "<", "<b>", "|", "\n", "  ", "[1]", "{", "}", "\"x\"", "`", "```", "call:", "</",
            "think>", "tool", ">");

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void readTheSameHoweverTheyAreCut(ToolFormat format) {
        Random random = new Random(format.ordinal());
        for (int round = 0; round < 400; round++) {
            Reading reading = new Reading(
                    new OutputFormat(Optional.of(format), reasoning(random)), List.of(), random.nextInt(4) == 0);
            String text = concatenation(random, PARTS, 1 + random.nextInt(16));
            List<OutputPiece> whole = reading.read(text);

            assertThat(reading.read(cut(random, text))).as(text).isEqualTo(whole);
            assertThat(reading.read(text.split(""))).as(text).isEqualTo(whole);
            assertThat(isWellFormed(whole)).as("%s: %s", text, whole).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void loseNothingOfContent(ToolFormat format) {
        Random random = new Random(100 + format.ordinal());
        for (int round = 0; round < 400; round++) {
            Reading reading = new Reading(new OutputFormat(Optional.of(format), Optional.empty()), List.of(), false);
            String text = "x" + concatenation(random, WORDS, 1 + random.nextInt(30));

            assertThat(reading.read(cut(random, text))).containsExactly(new OutputPiece.Content(text));
        }
    }

    private static Optional<ReasoningFormat> reasoning(Random random) {
        ReasoningFormat[] all = ReasoningFormat.values();
        int index = random.nextInt(all.length + 1);
        return index == all.length ? Optional.empty() : Optional.of(all[index]);
    }

    private static String concatenation(Random random, List<String> parts, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static String[] cut(Random random, String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int length = Math.min(text.length() - at, 1 + random.nextInt(7));
            parts.add(text.substring(at, at + length));
            at += length;
        }
        return parts.toArray(String[]::new);
    }

    /** Calls are numbered, one after the other, each begun once and ended once, with arguments in between alone. */
    private static boolean isWellFormed(List<OutputPiece> pieces) {
        int open = -1;
        int next = 0;
        for (OutputPiece piece : pieces) {
            if (piece instanceof OutputPiece.ToolCallStarted started) {
                if (open >= 0 || started.index() != next) {
                    return false;
                }
                open = next++;
            } else if (piece instanceof OutputPiece.ToolArguments arguments) {
                if (open != arguments.index() || arguments.json().isEmpty()) {
                    return false;
                }
            } else if (piece instanceof OutputPiece.ToolCallEnded ended) {
                if (open != ended.index()) {
                    return false;
                }
                open = -1;
            } else if (open >= 0) {
                return false;
            }
        }
        return open < 0;
    }
}
