package io.grevy.engine;

import io.grevy.openvino.EngineException;
import java.util.List;
import java.util.regex.Pattern;

/** The engine's error texts: several lines, of which the first ones name its own source files. */
final class EngineMessages {

    /** What xgrammar begins its messages with: a time and a place in its own sources. */
    private static final Pattern ORIGIN = Pattern.compile("^\\[[0-9:]+] \\S+:[0-9]+: ");

    private static final Pattern PLACE = Pattern.compile("\\S at row \\d+, column \\d+");

    private EngineMessages() {}

    /** What a chat template's error says, and where: the template's own lines follow it, with a mark below. */
    static String ofTemplate(EngineException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> PLACE.matcher(line).find())
                .map(line -> line.replaceFirst(":$", ""))
                .findFirst()
                .orElseGet(() -> lastLine(e));
    }

    /** The line that says what was wrong. */
    static String lastLine(EngineException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty()
                ? "The engine refused the request."
                : ORIGIN.matcher(lines.get(lines.size() - 1)).replaceFirst("");
    }
}
