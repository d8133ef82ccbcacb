package io.grevy.openai.structure;

import io.grevy.openai.json.Field;

/**
 * Keeps a pattern's text within what stands in a JSON string as it is: without quotation marks, backslashes and control
 * characters. xgrammar writes what a pattern matches into the string unescaped, so that {@code .} alone would let a
 * quotation mark end it. What is left of the pattern matches less, and nothing else.
 */
final class JsonPattern {

    private static final String SAFE_ANY =
            new CharacterSet().complement().safeInJson().toString();

    private final Field at;
    private final String pattern;
    private final StringBuilder out = new StringBuilder();
    private int next;

    private JsonPattern(Field at, String pattern) {
        this.at = at;
        this.pattern = pattern;
    }

    /** @param at where it stands, for the error about one that needs such characters */
    static String of(Field at, String pattern) {
        return new JsonPattern(at, pattern).rewritten();
    }

    /** A string of these lengths. @param most -1 for any */
    static String ofLength(long least, long most) {
        return "^" + SAFE_ANY + "{" + least + "," + (most < 0 ? "" : most) + "}$";
    }

    private String rewritten() {
        while (next < pattern.length()) {
            char c = pattern.charAt(next++);
            switch (c) {
                case '.' -> out.append(SAFE_ANY);
                case '\\' -> escape();
                case '[' -> characters();
                default -> {
                    if (unsafe(c)) {
                        throw unsafe();
                    }
                    out.append(c);
                }
            }
        }
        return out.toString();
    }

    private void escape() {
        char c = take();
        switch (c) {
            case 'd', 'w', 's', 'D', 'W', 'S' -> append(CharacterSet.named(c));
            case '"', '\\', 'n', 'r', 't', 'f', 'v', '0' -> throw unsafe();
            default -> out.append('\\').append(c);
        }
    }

    private void characters() {
        boolean negated = peek() == '^';
        if (negated) {
            next++;
        }
        CharacterSet set = new CharacterSet();
        while (peek() != ']') {
            item(set);
        }
        next++;
        append(negated ? set.complement() : set);
    }

    private void append(CharacterSet set) {
        if (set.safeInJson().isEmpty()) {
            throw unsafe();
        }
        out.append(set);
    }

    /** A character, a range, or a class by its name. */
    private void item(CharacterSet set) {
        if (peek() == '\\' && next + 1 < pattern.length() && "dwsDWS".indexOf(pattern.charAt(next + 1)) >= 0) {
            next++;
            set.with(CharacterSet.named(take()));
            return;
        }
        int first = codePoint();
        boolean range = next + 1 < pattern.length() && peek() == '-' && pattern.charAt(next + 1) != ']';
        if (range) {
            next++;
        }
        int last = range ? codePoint() : first;
        if (last < first) {
            throw at.invalid("holds a range that ends before it begins");
        }
        set.with(first, last);
    }

    private int codePoint() {
        int c = pattern.codePointAt(next);
        next += Character.charCount(c);
        if (c != '\\') {
            return c;
        }
        char kind = take();
        return switch (kind) {
            case 'x' -> number(2);
            case 'u' -> number(4);
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            default -> kind;
        };
    }

    private int number(int digits) {
        if (!pattern.substring(next).matches("(?s)[0-9a-fA-F]{" + digits + "}.*")) {
            throw at.invalid("holds an escape without its digits");
        }
        next += digits;
        return Integer.parseInt(pattern.substring(next - digits, next), 16);
    }

    private char take() {
        char c = peek();
        next++;
        return c;
    }

    private char peek() {
        if (next >= pattern.length()) {
            throw at.invalid("ends too early");
        }
        return pattern.charAt(next);
    }

    private static boolean unsafe(char c) {
        return c == '"' || c < ' ';
    }

    private RuntimeException unsafe() {
        return at.invalid("asks for a quotation mark, a backslash or a control character, which is not supported");
    }
}
