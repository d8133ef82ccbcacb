package io.grevy.tools;

import java.util.List;

/**
 * Hermes 2 and 3, Qwen 2.5 and 3: {@code <tool_call>{"name": …, "arguments": {…}}</tool_call>}, the tags on lines of
 * their own and neither of them a special token. Stray closing braces before the end tag are the format's noise.
 *
 * @see <a href="https://github.com/NousResearch/Hermes-Function-Calling">Hermes function calling</a>
 */
final class HermesReader implements CallReader {
    private static final String END = "</tool_call>";

    private final JsonCall call;
    private final Expected closing = new Expected(END);
    private boolean called;

    private HermesReader(Calls calls) {
        this.call = new JsonCall(calls, false, END);
    }

    static List<Opening> openings() {
        return List.of(Opening.anywhere("<tool_call>", HermesReader::new));
    }

    @Override
    public Progress accept(char c) {
        if (called) {
            return c == '}' && !closing.begun() ? Progress.MORE : closing.accept(c);
        }
        Progress progress = call.accept(c);
        return switch (progress) {
            case DONE -> {
                called = true;
                yield Progress.MORE;
            }
            case DONE_BEFORE -> {
                called = true;
                yield accept(c);
            }
            case CLOSED -> Progress.DONE;
            default -> progress;
        };
    }

    @Override
    public boolean end() {
        return called || call.end();
    }
}
