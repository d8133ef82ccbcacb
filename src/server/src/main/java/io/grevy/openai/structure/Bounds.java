package io.grevy.openai.structure;

import io.grevy.openai.json.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps regular expressions and grammars within what can be compiled in a moment. The engine parses them recursively
 * and cannot be interrupted: groups nested by the thousand end the process, and repetitions within repetitions never
 * end.
 */
final class Bounds {

    /** The most bytes of a structure. */
    static final int MOST_BYTES = 32 * 1024;

    /** Compiling a regular expression takes time by the square of its length. */
    static final int LONGEST_PATTERN = 2048;

    private static final int DEEPEST = 16;
    private static final int MOST_REPEATED = 4096;
    private static final Pattern COUNT = Pattern.compile("\\{\\s*(\\d*)\\s*(?:,\\s*(\\d*)\\s*)?}");

    private Bounds() {}

    static void checkBytes(Field at, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw at.invalid("is " + bytes + " bytes long; at most " + MOST_BYTES + " are taken");
        }
    }

    static void checkPattern(Field at, String pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw at.invalid("is " + pattern.length() + " characters long; at most " + LONGEST_PATTERN + " are taken");
        }
        new Scan(at, pattern).run(false);
    }

    static void checkGrammar(Field at, String grammar) {
        checkBytes(at, grammar);
        new Scan(at, grammar).run(true);
    }

    /** One pass over the text, with what each open group repeats so far. */
    private static final class Scan {

        private final Field at;
        private final String text;
        private final Deque<Long> outer = new ArrayDeque<>();

        /** The sum of this group so far, and what its last element counts in it. */
        private long sum;

        private long last;

        Scan(Field at, String text) {
            this.at = at;
            this.text = text;
        }

        /** @param quoted whether what stands between double quotes is text, as in a grammar */
        void run(boolean quoted) {
            Matcher count = COUNT.matcher(text);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                    element(1);
                } else if (c == '[' || (quoted && c == '"')) {
                    i = endOf(i, c == '[' ? ']' : '"');
                    element(1);
                } else if (c == '(') {
                    open();
                } else if (c == ')') {
                    close();
                } else if (c == '{' && count.find(i) && count.start() == i) {
                    repeat(Math.max(number(count.group(1)), number(count.group(2))));
                    i = count.end() - 1;
                } else if (!quoted) {
                    element(1);
                }
            }
        }

        private int endOf(int begin, char end) {
            int i = begin + 1;
            while (i < text.length() && text.charAt(i) != end) {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            return i;
        }

        private void element(long weight) {
            last = weight;
            sum += weight;
        }

        private void open() {
            outer.push(sum);
            if (outer.size() > DEEPEST) {
                throw at.invalid("nests its groups more than " + DEEPEST + " deep");
            }
            sum = 0;
            last = 0;
        }

        private void close() {
            long group = sum;
            sum = outer.isEmpty() ? 0 : outer.pop();
            element(group);
        }

        private void repeat(long times) {
            long whole = Math.max(1, last) * Math.max(1, times);
            if (whole > MOST_REPEATED) {
                throw at.invalid("repeats more than " + MOST_REPEATED + " elements");
            }
            sum += whole - last;
            last = whole;
        }

        private static long number(@org.jspecify.annotations.Nullable String digits) {
            if (digits == null || digits.isEmpty()) {
                return 0;
            }
            return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
        }
    }
}
