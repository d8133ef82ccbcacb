package io.grevy.tools;

import java.util.List;

/**
 * Gemma 4: {@code <|tool_call>call:name{key:<|"|>text<|"|>,other:[1,true,{key:null}]}<tool_call|>}, where the marker of
 * strings and those of the call are special tokens; several calls may stand in one pair of markers. JSON's own strings
 * are taken too.
 *
 * @see <a href="https://ai.google.dev/gemma/docs/capabilities/text/function-calling-gemma4">Gemma 4 function calling</a>
 */
final class Gemma4Reader implements CallReader {
    private enum State {
        CALL,
        IN_CALL,
        AFTER_CALL
    }

    private final Calls calls;
    private Expected prefix = new Expected("call:");
    private final Expected closing = new Expected("<tool_call|>");
    private NotationCall call;
    private State state = State.CALL;
    private boolean called;

    private Gemma4Reader(Calls calls) {
        this.calls = calls;
        this.call = newCall();
    }

    static List<Opening> openings() {
        return List.of(Opening.anywhere("<|tool_call>", Gemma4Reader::new));
    }

    private NotationCall newCall() {
        return new NotationCall(calls, '{', Notation.GEMMA);
    }

    @Override
    public Progress accept(char c) {
        return switch (state) {
            case CALL -> prefix(c);
            case IN_CALL -> inCall(c);
            case AFTER_CALL -> afterCall(c);
        };
    }

    @Override
    public boolean end() {
        return state == State.IN_CALL ? call.end() : called;
    }

    private Progress prefix(char c) {
        Progress progress = prefix.accept(c);
        if (progress == Progress.DONE) {
            state = State.IN_CALL;
            call = newCall();
            return Progress.MORE;
        }
        return progress;
    }

    private Progress inCall(char c) {
        Progress progress = call.accept(c);
        if (progress == Progress.DONE) {
            called = true;
            state = State.AFTER_CALL;
            return Progress.MORE;
        }
        return progress == Progress.CLOSED ? Progress.DONE : progress;
    }

    private Progress afterCall(char c) {
        if (!closing.begun() && (c == ',' || c == '}')) {
            return Progress.MORE;
        }
        if (!closing.begun() && c == 'c') {
            prefix = new Expected("call:");
            state = State.CALL;
            return prefix(c);
        }
        return closing.accept(c);
    }
}
