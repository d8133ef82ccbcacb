package io.grevy.tools;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text read in a format, cut in every way that matters, with what has to come out. */
record Reading(OutputFormat format, List<Tool> tools, boolean inside) {
    private static final int SHORT = 70;

    static Reading of(ToolFormat format, Tool... tools) {
        return new Reading(new OutputFormat(Optional.of(format), Optional.empty()), List.of(tools), false);
    }

    static Reading of(ReasoningFormat format) {
        return new Reading(new OutputFormat(Optional.empty(), Optional.of(format)), List.of(), false);
    }

    static Reading of(ToolFormat calls, ReasoningFormat reasoning, Tool... tools) {
        return new Reading(new OutputFormat(Optional.of(calls), Optional.of(reasoning)), List.of(tools), false);
    }

    Reading insideReasoning() {
        return new Reading(format, tools, true);
    }

    static Tool tool(String name, String schema) {
        return new Tool(name, json(schema));
    }

    static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    static OutputPiece content(String text) {
        return new OutputPiece.Content(text);
    }

    static OutputPiece reasoning(String text) {
        return new OutputPiece.Reasoning(text);
    }

    static Call call(String name, String arguments) {
        return new Call(name, arguments);
    }

    /** A call as tests write it. */
    record Call(String name, String arguments) {}

    /** Asserts what comes out, whole, cut in two and in three anywhere, and by single characters. */
    void gives(String text, Object... expected) {
        List<OutputPiece> pieces = expand(expected);
        assertThat(read(text)).as("whole: %s", text).isEqualTo(pieces);
        for (int i = 1; i < text.length(); i++) {
            assertThat(read(text.substring(0, i), text.substring(i)))
                    .as("cut at %d: %s", i, text)
                    .isEqualTo(pieces);
        }
        for (int i = 1; text.length() <= SHORT && i < text.length(); i++) {
            for (int j = i + 1; j < text.length(); j++) {
                assertThat(read(text.substring(0, i), text.substring(i, j), text.substring(j)))
                        .as("cut at %d and %d: %s", i, j, text)
                        .isEqualTo(pieces);
            }
        }
        assertThat(read(text.split(""))).as("by characters: %s", text).isEqualTo(pieces);
    }

    private static List<OutputPiece> expand(Object... expected) {
        List<OutputPiece> pieces = new ArrayList<>();
        int calls = 0;
        for (Object one : expected) {
            if (one instanceof Call call) {
                pieces.add(new OutputPiece.ToolCallStarted(calls, call.name()));
                pieces.add(new OutputPiece.ToolArguments(calls, call.arguments()));
                pieces.add(new OutputPiece.ToolCallEnded(calls));
                calls++;
            } else {
                pieces.add((OutputPiece) one);
            }
        }
        return pieces;
    }

    /** All pieces, neighbours of one kind joined. */
    List<OutputPiece> read(String... parts) {
        OutputParser parser = format.parser(tools, inside);
        List<OutputPiece> joined = new ArrayList<>();
        for (String part : parts) {
            join(joined, parser.accept(part));
        }
        join(joined, parser.end());
        return joined;
    }

    static void join(List<OutputPiece> joined, List<OutputPiece> more) {
        for (OutputPiece piece : more) {
            OutputPiece last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last instanceof OutputPiece.Content a && piece instanceof OutputPiece.Content b) {
                joined.set(joined.size() - 1, content(a.text() + b.text()));
            } else if (last instanceof OutputPiece.Reasoning a && piece instanceof OutputPiece.Reasoning b) {
                joined.set(joined.size() - 1, reasoning(a.text() + b.text()));
            } else if (last instanceof OutputPiece.ToolArguments a && piece instanceof OutputPiece.ToolArguments b) {
                joined.set(joined.size() - 1, new OutputPiece.ToolArguments(a.index(), a.json() + b.json()));
            } else {
                joined.add(piece);
            }
        }
    }
}
