package io.grevy.engine;

import io.grevy.openvino.EngineException;
import java.util.List;

/** The engine's error texts: several lines, of which the first ones name its own source files. */
final class EngineMessages {

    private EngineMessages() {}

    /** The line that says what was wrong. */
    static String lastLine(EngineException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "The engine refused the request." : lines.get(lines.size() - 1);
    }
}
