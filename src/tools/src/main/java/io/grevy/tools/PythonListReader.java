package io.grevy.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls in Python's notation, {@code [name(key="text", other=True), …]}; the brackets may be missing.
 *
 * <p>LFM2 writes them between the special tokens {@code <|tool_call_start|>} and {@code <|tool_call_end|>}; when its
 * prompt asks for JSON, there is a list of JSON calls. Gemma 3 has no format of its own: told to, it writes calls into a
 * fence named {@code tool_code} or {@code tool_call}, or answers with the bare list.
 *
 * @see <a href="https://docs.liquid.ai/lfm/key-concepts/tool-use">LFM2 tool use</a>
 * @see <a href="https://ai.google.dev/gemma/docs/capabilities/function-calling">Gemma 3 function calling</a>
 */
final class PythonListReader implements CallReader {
    private static final String FENCE = "```";

    private enum State {
        START,
        ITEM,
        IN_ITEM,
        AFTER_ITEM,
        CLOSING
    }

    private final Calls calls;
    private final @Nullable String closingMarker;
    private final @Nullable Expected closing;
    private State state = State.START;
    private NotationCall call;
    private @Nullable JsonListReader json;

    private PythonListReader(Calls calls, @Nullable String closingMarker) {
        this.calls = calls;
        this.closingMarker = closingMarker;
        this.closing = closingMarker == null ? null : new Expected(closingMarker);
        this.call = newCall();
    }

    static List<Opening> lfmOpenings() {
        return List.of(
                Opening.anywhere("<|tool_call_start|>", calls -> new PythonListReader(calls, "<|tool_call_end|>")));
    }

    static List<Opening> gemmaOpenings() {
        List<Opening> openings = new ArrayList<>();
        for (String fence : List.of("```tool_code", "```tool_call")) {
            openings.add(Opening.anywhere(fence, calls -> new PythonListReader(calls, FENCE)));
        }
        openings.add(Opening.first("[", calls -> new PythonListReader(calls, null).behindBracket()));
        return openings;
    }

    private NotationCall newCall() {
        return new NotationCall(calls, '(', Notation.python(closingMarker));
    }

    private PythonListReader behindBracket() {
        state = State.ITEM;
        return this;
    }

    @Override
    public Progress accept(char c) {
        if (json != null) {
            return json.accept(c);
        }
        return switch (state) {
            case IN_ITEM -> inItem(c);
            case CLOSING -> closing == null ? Progress.FAILED : closing.accept(c);
            default -> Character.isWhitespace(c) ? Progress.MORE : between(c);
        };
    }

    @Override
    public boolean end() {
        if (json != null) {
            return json.end();
        }
        return state == State.IN_ITEM ? call.end() : state == State.AFTER_ITEM || state == State.CLOSING;
    }

    private Progress between(char c) {
        return switch (state) {
            case START -> {
                state = State.ITEM;
                yield c == '[' ? Progress.MORE : item(c);
            }
            case ITEM -> item(c);
            default -> afterItem(c);
        };
    }

    private Progress item(char c) {
        if (c == '{' && closingMarker != null) {
            json = new JsonListReader(calls, closingMarker);
            json.accept('[');
            return json.accept(c);
        }
        call = newCall();
        state = State.IN_ITEM;
        return inItem(c);
    }

    private Progress inItem(char c) {
        Progress progress = call.accept(c);
        if (progress == Progress.DONE) {
            state = State.AFTER_ITEM;
            return Progress.MORE;
        }
        return progress == Progress.CLOSED ? Progress.DONE : progress;
    }

    private Progress afterItem(char c) {
        if (c == ',') {
            state = State.ITEM;
            return Progress.MORE;
        }
        if (c == ']') {
            state = State.CLOSING;
            return closing == null ? Progress.DONE : Progress.MORE;
        }
        if (closingMarker != null && c == closingMarker.charAt(0)) {
            state = State.CLOSING;
            return accept(c);
        }
        return closingMarker == null ? Progress.FAILED : item(c);
    }
}
