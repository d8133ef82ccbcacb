package io.grevy.tools;

/** A text which has to stand here, white space before it aside. */
final class Expected {
    private final String text;
    private int matched;

    Expected(String text) {
        this.text = text;
    }

    Progress accept(char c) {
        if (matched == 0 && Character.isWhitespace(c)) {
            return Progress.MORE;
        }
        if (c != text.charAt(matched)) {
            return Progress.FAILED;
        }
        matched++;
        if (matched < text.length()) {
            return Progress.MORE;
        }
        matched = 0;
        return Progress.DONE;
    }

    boolean begun() {
        return matched > 0;
    }
}
