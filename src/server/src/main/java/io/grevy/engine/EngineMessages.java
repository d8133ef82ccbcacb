package io.grevy.engine;

import io.grevy.openvino.EngineException;
import java.util.List;
import java.util.regex.Pattern;

/** The engine's error texts: several lines, of which the first ones name its own source files. */
final class EngineMessages {

    /** What xgrammar begins its messages with: a time and a place in its own sources. */
    private static final Pattern ORIGIN = Pattern.compile("^\\[[0-9:]+] \\S+:[0-9]+: ");

    private EngineMessages() {}

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
