package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mistral and Devstral, behind the special token {@code [TOOL_CALLS]}: a list of JSON calls up to the tokenizer's version
 * 7, afterwards {@code name[ARGS]{…}}, each call with a marker of its own.
 *
 * @see <a href="https://docs.mistral.ai/capabilities/function_calling/">Mistral function calling</a>
 */
final class MistralReader implements CallReader {
    static final String MARKER = "[TOOL_CALLS]";

    private final Calls calls;
    private @Nullable CallReader form;

    private MistralReader(Calls calls) {
        this.calls = calls;
    }

    static List<Opening> openings() {
        return List.of(Opening.anywhere(MARKER, MistralReader::new));
    }

    @Override
    public Progress accept(char c) {
        if (form == null) {
            if (Character.isWhitespace(c)) {
                return Progress.MORE;
            }
            form = c == '[' ? new JsonListReader(calls, null) : new NamedArgumentsReader(calls);
        }
        Progress progress = form.accept(c);
        if (progress == Progress.CLOSED) {
            form = null;
            return Progress.MORE;
        }
        return progress;
    }

    @Override
    public boolean end() {
        return form != null && form.end();
    }
}
