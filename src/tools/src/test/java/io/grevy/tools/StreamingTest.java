package io.grevy.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is held longer than it has to be. */
class StreamingTest {
    private static final int LONGEST_MARKER = "<|tool_call_start|>".length();

    static Stream<Arguments> beginnings() {
        return Map.ofEntries(
                        Map.entry(ToolFormat.HERMES3, "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"text\": \""),
                        Map.entry(ToolFormat.LLAMA3, "{\"name\": \"f\", \"parameters\": {\"text\": \""),
                        Map.entry(ToolFormat.MISTRAL, "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"text\": \""),
                        Map.entry(ToolFormat.DEVSTRAL, "[TOOL_CALLS]f[ARGS]{\"text\": \""),
                        Map.entry(ToolFormat.PHI4, "functools[{\"name\": \"f\", \"arguments\": {\"text\": \""),
                        Map.entry(ToolFormat.GEMMA3, "```tool_code\nf(text=\""),
                        Map.entry(ToolFormat.GEMMA4, "<|tool_call>call:f{text:<|\"|>"),
                        Map.entry(ToolFormat.LFM2, "<|tool_call_start|>[f(text=\""),
                        Map.entry(ToolFormat.QWEN3_CODER, "<tool_call>\n<function=f>\n<parameter=text>\n"),
                        Map.entry(ToolFormat.MINICPM5, "<function name=\"f\"><param name=\"text\">"),
                        Map.entry(
                                ToolFormat.GPT_OSS,
                                "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"text\": \""))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void argumentsArriveWithTheirText(ToolFormat format, String beginning) {
        Tool tool = Reading.tool("f", "{\"properties\": {\"text\": {\"type\": \"string\"}}}");
        OutputParser parser = new OutputFormat(Optional.of(format), Optional.empty()).parser(List.of(tool), false);

        List<OutputPiece> first = new ArrayList<>(parser.accept(beginning));
        Reading.join(first, parser.accept("alpha "));
        List<OutputPiece> second = parser.accept("beta ");

        assertThat(first).hasSize(2).first().isEqualTo(new OutputPiece.ToolCallStarted(0, "f"));
        assertThat(((OutputPiece.ToolArguments) first.get(1)).json()).endsWith("\"alpha ");
        assertThat(second).containsExactly(new OutputPiece.ToolArguments(0, "beta "));
    }

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void contentWaitsNoLongerThanForAMarker(ToolFormat format) {
        String text =
                "a<|b<to<tool_c> [TOOL_x functool <|tool_call_x ``` {\"name\": 1} <function x <|im_x done.".repeat(3);
        OutputParser parser = new OutputFormat(Optional.of(format), Optional.empty()).parser(List.of(), false);
        int given = 0;
        int out = 0;
        for (String c : text.split("")) {
            given++;
            for (OutputPiece piece : parser.accept(c)) {
                out += ((OutputPiece.Content) piece).text().length();
            }
            assertThat(given - out)
                    .as("held after %s", text.substring(0, given))
                    .isLessThan(LONGEST_MARKER);
        }
        assertThat(out).isEqualTo(text.length());
    }

    @Test
    void whiteSpaceWaitsForWhatFollows() {
        OutputParser parser =
                new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.empty()).parser(List.of(), false);

        assertThat(parser.accept("a \n")).containsExactly(new OutputPiece.Content("a"));
        assertThat(parser.accept("b")).containsExactly(new OutputPiece.Content(" \nb"));
        assertThat(parser.end()).isEmpty();
    }

    @Test
    void reasoningArrivesWithItsText() {
        OutputParser parser =
                new OutputFormat(Optional.empty(), Optional.of(ReasoningFormat.QWEN3)).parser(List.of(), false);

        assertThat(parser.accept("<think>\nSo")).containsExactly(new OutputPiece.Reasoning("So"));
        assertThat(parser.accept(" what")).containsExactly(new OutputPiece.Reasoning(" what"));
    }

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void aTextFullOfMarkersIsReadInOneGo(ToolFormat format) {
        // Twenty thousand markers which open nothing: work that grew with their square would not end in a test's time.
        String text =
                ("<tool_call><|tool_call>[TOOL_CALLS]functools[<|tool_call_start|>[<function=<function name=\"```tool_code ")
                        .repeat(3_000);
        OutputParser parser = new OutputFormat(Optional.of(format), Optional.empty()).parser(List.of(), false);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            append(parser.accept(text.substring(i, i + 1)), out);
        }
        append(parser.end(), out);

        assertThat(out.toString()).isEqualTo(text);
    }

    private static void append(List<OutputPiece> pieces, StringBuilder out) {
        for (OutputPiece piece : pieces) {
            out.append(((OutputPiece.Content) piece).text());
        }
    }
}
