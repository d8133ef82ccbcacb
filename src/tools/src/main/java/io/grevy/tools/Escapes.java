package io.grevy.tools;

/** Turns a string's text with Python's or JSON's backslash escapes into JSON's, one character at a time. */
final class Escapes {
    private boolean escaped;
    private char kind;
    private final StringBuilder digits = new StringBuilder();

    /** Whether a backslash came before, so that a quote does not end the string. */
    boolean isEscaped() {
        return escaped;
    }

    void accept(char c, StringBuilder json) {
        if (kind != 0) {
            digit(c, json);
        } else if (escaped) {
            escaped = false;
            escape(c, json);
        } else if (c == '\\') {
            escaped = true;
        } else {
            JsonText.escape(c, json);
        }
    }

    /** The string ended, or the text did. */
    void end(StringBuilder json) {
        if (escaped) {
            json.append("\\\\");
        }
        if (kind != 0) {
            asWritten(json);
        }
        escaped = false;
    }

    private void escape(char c, StringBuilder json) {
        switch (c) {
            case 'n', 'r', 't', 'b', 'f' -> json.append('\\').append(c);
            case '"', '\\' -> JsonText.escape(c, json);
            case '\'', '/' -> json.append(c);
            case 'a' -> json.append("\\u0007");
            case 'v' -> json.append("\\u000b");
            case 'x', 'u', 'U' -> kind = c;
            case '\n' -> {
                // Python joins the lines.
            }
            default -> {
                json.append("\\\\");
                JsonText.escape(c, json);
            }
        }
    }

    private void digit(char c, StringBuilder json) {
        if (Character.digit(c, 16) < 0) {
            asWritten(json);
            accept(c, json);
            return;
        }
        digits.append(c);
        int wanted = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
        if (digits.length() == wanted) {
            int code = (int) Long.parseLong(digits.toString(), 16);
            if (!Character.isValidCodePoint(code)) {
                asWritten(json);
                return;
            }
            // A surrogate's half stays an escape, so that a pair of them remains one character.
            for (char unit : Character.toChars(code)) {
                json.append(String.format("\\u%04x", (int) unit));
            }
            digits.setLength(0);
            kind = 0;
        }
    }

    private void asWritten(StringBuilder json) {
        json.append("\\\\").append(kind).append(digits);
        digits.setLength(0);
        kind = 0;
    }
}
