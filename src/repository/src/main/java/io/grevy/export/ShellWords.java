package io.grevy.export;

import java.util.ArrayList;
import java.util.List;

/** A line as a shell splits it: spaces between words, quotes around those that hold some. */
final class ShellWords {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote;

    private ShellWords() {}

    /** @throws ExportException naming the setting where a quote is left open */
    static List<String> split(String setting, String line) {
        ShellWords words = new ShellWords();
        for (char c : line.toCharArray()) {
            words.take(c);
        }
        if (words.quote != 0) {
            throw ExportException.refused(setting + " '" + line + "': a quote is left open");
        }
        words.end();
        return words.words;
    }

    private void take(char c) {
        if (quote != 0) {
            takeQuoted(c);
        } else if (c == '\'' || c == '"') {
            quote = c;
            begun = true;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            word.append(c);
            begun = true;
        }
    }

    private void takeQuoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            word.append(c);
        }
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
        }
    }
}
