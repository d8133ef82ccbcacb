package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Llama 3.1 to 3.3: {@code {"name": …, "parameters": {…}}}, either as the whole answer or behind {@code <|python_tag|>}, a
 * special token; several calls are separated by {@code ;}. Bare, only what begins with a name and has parameters is a
 * call, so that other JSON answers stay content.
 *
 * @see <a href="https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_1/">Llama 3.1 prompt format</a>
 */
final class LlamaReader implements CallReader {
    private final Calls calls;
    private final boolean bare;
    private @Nullable JsonCall call;
    private boolean called;

    private LlamaReader(Calls calls, boolean bare) {
        this.calls = calls;
        this.bare = bare;
        this.call = bare ? JsonCall.behindBrace(calls, true, null) : new JsonCall(calls, false, null);
    }

    static List<Opening> openings() {
        return List.of(
                Opening.anywhere("<|python_tag|>", calls -> new LlamaReader(calls, false)),
                Opening.first("{", calls -> new LlamaReader(calls, true)));
    }

    @Override
    public Progress accept(char c) {
        JsonCall open = call;
        if (open == null) {
            return between(c);
        }
        Progress progress = open.accept(c);
        if (progress == Progress.DONE || progress == Progress.DONE_BEFORE) {
            call = null;
            called = true;
            return progress == Progress.DONE ? Progress.MORE : between(c);
        }
        return progress;
    }

    @Override
    public boolean end() {
        return call == null ? called : call.end();
    }

    private Progress between(char c) {
        if (c == '{') {
            call = JsonCall.behindBrace(calls, bare, null);
            return Progress.MORE;
        }
        return c == ';' || c == ',' || Character.isWhitespace(c) ? Progress.MORE : Progress.FAILED;
    }
}
