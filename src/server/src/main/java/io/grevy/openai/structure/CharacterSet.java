package io.grevy.openai.structure;

import java.util.BitSet;

/** A set of code points, for classes of a pattern. Not thread-safe. */
final class CharacterSet {

    private static final int END = Character.MAX_CODE_POINT + 1;

    private final BitSet points = new BitSet();

    /** @param last included */
    CharacterSet with(int first, int last) {
        points.set(first, last + 1);
        return this;
    }

    CharacterSet with(CharacterSet others) {
        points.or(others.points);
        return this;
    }

    CharacterSet without(CharacterSet others) {
        points.andNot(others.points);
        return this;
    }

    CharacterSet complement() {
        CharacterSet complement = new CharacterSet().with(0, END - 1);
        return complement.without(this);
    }

    /** What {@code \d}, {@code \w}, {@code \s} and, as their capitals, their complements stand for. */
    static CharacterSet named(char name) {
        CharacterSet set = switch (Character.toLowerCase(name)) {
            case 'd' -> new CharacterSet().with('0', '9');
            case 'w' ->
                new CharacterSet().with('0', '9').with('a', 'z').with('A', 'Z').with('_', '_');
            default -> new CharacterSet().with('\t', '\r').with(' ', ' ').with(0xa0, 0xa0);
        };
        return Character.isUpperCase(name) ? set.complement() : set;
    }

    /** What stands in a JSON string as it is. */
    CharacterSet safeInJson() {
        return without(new CharacterSet()
                .with(0, 0x1f)
                .with('"', '"')
                .with('\\', '\\')
                .with(0x7f, 0x7f)
                .with(Character.MIN_SURROGATE, Character.MAX_SURROGATE));
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** As a class of a pattern. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int first = points.nextSetBit(0); first >= 0; ) {
            int last = points.nextClearBit(first) - 1;
            text.append(written(first));
            if (last > first) {
                text.append('-').append(written(last));
            }
            first = points.nextSetBit(last + 1);
        }
        return text.append(']').toString();
    }

    private static String written(int c) {
        return c < 0x80 && !Character.isLetterOrDigit(c) ? "\\x%02x".formatted(c) : Character.toString(c);
    }
}
