package io.grevy.tools;

/**
 * Holds white space back until it is known to stand between other text. After {@link #edge}, what held it is dropped; the
 * white space which follows is kept only between two texts.
 */
final class TrimmedText {
    private final StringBuilder held = new StringBuilder();
    private boolean atEdge;
    private boolean hasText;

    /** Something else stands here, or the text's own end. */
    void edge() {
        atEdge = true;
        held.setLength(0);
    }

    boolean hasText() {
        return hasText;
    }

    void accept(char c, StringBuilder out) {
        if (Character.isWhitespace(c)) {
            if (hasText || !atEdge) {
                held.append(c);
            }
            return;
        }
        out.append(held).append(c);
        held.setLength(0);
        atEdge = false;
        hasText = true;
    }

    /** The text has ended: white space belongs to it unless it follows an edge. */
    void end(StringBuilder out) {
        if (!atEdge) {
            out.append(held);
        }
        held.setLength(0);
    }
}
