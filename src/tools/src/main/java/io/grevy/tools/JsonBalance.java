package io.grevy.tools;

/** Finds where a JSON value ends, by its quotes and brackets alone: a misplaced comma does not lose the end. */
final class JsonBalance {
    private int depth;
    private boolean inString;
    private boolean escaped;

    /** @return whether the outermost bracket or a string outside of any was closed by this character */
    boolean closes(char c) {
        if (inString) {
            return inString(c);
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                return depth <= 0;
            }
            default -> {
                // A number, a literal, a separator or white space.
            }
        }
        return false;
    }

    boolean isInString() {
        return inString;
    }

    boolean isNested() {
        return depth > 0;
    }

    private boolean inString(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inString = false;
            return depth == 0;
        }
        return false;
    }
}
