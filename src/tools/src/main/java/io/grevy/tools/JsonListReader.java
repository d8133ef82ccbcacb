package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of calls, {@code [{"name": …, "arguments": {…}}, …]}, as Phi 4 mini writes it behind {@code functools} or the
 * special token {@code <|tool_call|>}, and Mistral up to its tokenizer's version 7 behind {@code [TOOL_CALLS]}.
 */
final class JsonListReader implements CallReader {
    private enum State {
        LIST,
        ITEM,
        IN_ITEM,
        AFTER_ITEM,
        CLOSING
    }

    private final Calls calls;
    private final @Nullable Expected closing;
    private final @Nullable String closingMarker;
    private State state = State.LIST;
    private JsonCall call;

    /** @param closingMarker what may close the list beyond its bracket */
    JsonListReader(Calls calls, @Nullable String closingMarker) {
        this.calls = calls;
        this.closingMarker = closingMarker;
        this.closing = closingMarker == null ? null : new Expected(closingMarker);
        this.call = new JsonCall(calls, false, closingMarker);
    }

    static List<Opening> phiOpenings() {
        return List.of(
                Opening.anywhere("functools", calls -> new JsonListReader(calls, null)),
                Opening.anywhere("<|tool_call|>", calls -> new JsonListReader(calls, "<|/tool_call|>")));
    }

    @Override
    public Progress accept(char c) {
        return switch (state) {
            case IN_ITEM -> inItem(c);
            case CLOSING -> closing == null ? Progress.FAILED : closing.accept(c);
            default -> Character.isWhitespace(c) ? Progress.MORE : between(c);
        };
    }

    @Override
    public boolean end() {
        return switch (state) {
            case IN_ITEM -> call.end();
            case CLOSING, AFTER_ITEM -> true;
            default -> false;
        };
    }

    private Progress between(char c) {
        if (state == State.LIST) {
            state = State.ITEM;
            return c == '[' ? Progress.MORE : Progress.FAILED;
        }
        if (state == State.ITEM) {
            call = new JsonCall(calls, false, closingMarker);
            state = State.IN_ITEM;
            return inItem(c);
        }
        if (c == ',') {
            state = State.ITEM;
            return Progress.MORE;
        }
        if (c == ']') {
            state = State.CLOSING;
            return closing == null ? Progress.DONE : Progress.MORE;
        }
        return Progress.FAILED;
    }

    private Progress inItem(char c) {
        Progress progress = call.accept(c);
        return switch (progress) {
            case DONE -> {
                state = State.AFTER_ITEM;
                yield Progress.MORE;
            }
            case DONE_BEFORE -> {
                state = State.AFTER_ITEM;
                yield accept(c);
            }
            case CLOSED -> Progress.DONE;
            default -> progress;
        };
    }
}
