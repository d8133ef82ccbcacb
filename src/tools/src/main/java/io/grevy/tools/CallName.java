package io.grevy.tools;

/**
 * A function's name, read leniently but never longer than any real one: so little is held back where text merely looks
 * like a call.
 */
final class CallName {
    private static final int LONGEST = 256;
    private static final String NEVER = "<>{}[]()\"'=,;:|\\`";

    private CallName() {}

    static boolean mayContain(char c, int length) {
        return c > ' ' && NEVER.indexOf(c) < 0 && !Character.isWhitespace(c) && length < LONGEST;
    }

    static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!mayContain(name.charAt(i), i)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
