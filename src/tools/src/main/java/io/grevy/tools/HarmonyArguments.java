package io.grevy.tools;

/** A message's body as a call's arguments: all of it, though white space around an object is left out. */
final class HarmonyArguments {
    private enum State {
        BEFORE,
        OBJECT,
        OTHER,
        AFTER
    }

    private final Pieces pieces;
    private final StringBuilder out = new StringBuilder();
    private final JsonArguments object = new JsonArguments(null, out);
    private State state = State.BEFORE;

    HarmonyArguments(Pieces pieces) {
        this.pieces = pieces;
    }

    void accept(char c) {
        switch (state) {
            case BEFORE -> begin(c);
            case OBJECT -> object(c);
            case OTHER -> out.append(c);
            case AFTER -> {
                if (!Character.isWhitespace(c)) {
                    state = State.OTHER;
                    out.append(c);
                }
            }
        }
        pass();
    }

    void end() {
        if (state == State.BEFORE) {
            out.append("{}");
        }
        pass();
    }

    private void begin(char c) {
        if (c == '{') {
            state = State.OBJECT;
            object(c);
        } else if (!Character.isWhitespace(c)) {
            state = State.OTHER;
            out.append(c);
        }
    }

    private void object(char c) {
        if (object.accept(c) == Progress.DONE) {
            state = State.AFTER;
        }
    }

    private void pass() {
        if (!out.isEmpty()) {
            pieces.arguments(out);
            out.setLength(0);
        }
    }
}
