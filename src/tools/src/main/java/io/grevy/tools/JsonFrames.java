package io.grevy.tools;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes nested objects and lists: brackets, commas and names. */
final class JsonFrames {
    private static final class Frame {
        private final boolean object;
        private final char closer;
        private boolean empty = true;

        private Frame(boolean object, char closer) {
            this.object = object;
            this.closer = closer;
        }
    }

    private final StringBuilder json;
    private final Deque<Frame> frames = new ArrayDeque<>();

    JsonFrames(StringBuilder json) {
        this.json = json;
    }

    /** @param closer what closes it in the text which is read */
    void open(boolean object, char closer) {
        frames.push(new Frame(object, closer));
        json.append(object ? '{' : '[');
    }

    /** @return whether that was the outermost */
    boolean close() {
        json.append(frames.pop().object ? '}' : ']');
        return frames.isEmpty();
    }

    /** A list's next element begins; within an object, the name has done so. */
    void element() {
        if (!inObject()) {
            separate();
        }
    }

    void name(CharSequence name) {
        separate();
        json.append(JsonText.quoted(name)).append(": ");
    }

    boolean isEmpty() {
        return frames.element().empty;
    }

    boolean inObject() {
        return frames.element().object;
    }

    boolean isOutermost() {
        return frames.size() == 1;
    }

    char closer() {
        return frames.element().closer;
    }

    private void separate() {
        Frame frame = frames.element();
        if (!frame.empty) {
            json.append(", ");
        }
        frame.empty = false;
    }
}
