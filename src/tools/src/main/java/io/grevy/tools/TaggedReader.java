package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls written with tags, which are typed by the tools' schemas.
 *
 * <p>Qwen 3 Coder, Qwen 3.5: {@code <tool_call><function=name><parameter=key>value</parameter></function></tool_call>}, on
 * lines of their own; the outer tags may be missing. MiniCPM 5: {@code <function name="name"><param
 * name="key">value</param></function>}, a value perhaps in {@code <![CDATA[…]]>}.
 *
 * @see <a href="https://github.com/QwenLM/Qwen3-Coder">Qwen 3 Coder</a>
 * @see <a href="https://github.com/OpenBMB/MiniCPM">MiniCPM</a>
 */
final class TaggedReader implements CallReader {
    private enum State {
        FUNCTION,
        NAME,
        NAME_END,
        BODY,
        PARAMETER,
        PARAMETER_END,
        VALUE,
        CLOSING
    }

    private final TagNames tags;
    private final ParameterKinds kinds;
    private final Calls calls;
    private final Expected function;
    private final @Nullable Expected closing;
    private final MarkerScanner body;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder json = new StringBuilder();
    private final StringBuilder parameter = new StringBuilder();
    private Expected nameEnd;
    private @Nullable TaggedValue value;
    private State state;
    private boolean started;

    private TaggedReader(TagNames tags, ParameterKinds kinds, Calls calls, State state, @Nullable String closing) {
        this.tags = tags;
        this.kinds = kinds;
        this.calls = calls;
        this.state = state;
        this.function = new Expected(tags.function());
        this.nameEnd = new Expected(tags.nameEnd());
        this.closing = closing == null ? null : new Expected(closing);
        this.body = new MarkerScanner(
                closing == null
                        ? List.of(tags.parameter(), tags.functionEnd())
                        : List.of(tags.parameter(), tags.functionEnd(), closing));
    }

    static List<Opening> qwenOpenings(List<Tool> tools) {
        ParameterKinds kinds = new ParameterKinds(tools);
        TagNames tags = TagNames.QWEN3_CODER;
        return List.of(
                Opening.anywhere(
                        "<tool_call>", calls -> new TaggedReader(tags, kinds, calls, State.FUNCTION, "</tool_call>")),
                Opening.anywhere(
                        tags.function(), calls -> new TaggedReader(tags, kinds, calls, State.NAME, "</tool_call>")));
    }

    static List<Opening> miniCpmOpenings(List<Tool> tools) {
        ParameterKinds kinds = new ParameterKinds(tools);
        TagNames tags = TagNames.MINICPM5;
        return List.of(
                Opening.anywhere(tags.function(), calls -> new TaggedReader(tags, kinds, calls, State.NAME, null)));
    }

    @Override
    public Progress accept(char c) {
        Progress progress = switch (state) {
            case FUNCTION -> follow(function.accept(c), State.NAME);
            case NAME -> name(c);
            case NAME_END -> follow(nameEnd.accept(c), State.BODY);
            case BODY -> body(c);
            case PARAMETER -> parameter(c);
            case PARAMETER_END -> parameterEnd(c);
            case VALUE -> value(c);
            case CLOSING -> closing == null ? Progress.FAILED : closing.accept(c);
        };
        pass();
        return progress;
    }

    @Override
    public boolean end() {
        if (state == State.CLOSING) {
            return true;
        }
        if (!started) {
            return false;
        }
        if (value != null) {
            value.end();
            pass();
        }
        calls.finished();
        return true;
    }

    private Progress follow(Progress progress, State next) {
        if (progress == Progress.DONE) {
            state = next;
            return Progress.MORE;
        }
        return progress;
    }

    private Progress name(char c) {
        if (CallName.mayContain(c, name.length())) {
            name.append(c);
            return Progress.MORE;
        }
        state = State.NAME_END;
        return name.isEmpty() ? Progress.FAILED : accept(c);
    }

    private Progress body(char c) {
        String marker = body.accept(c);
        String plain = body.takePlain();
        if (!plain.isBlank()) {
            if (!started) {
                return Progress.FAILED;
            }
            calls.stray(plain);
        }
        if (marker == null) {
            return Progress.MORE;
        }
        start();
        if (marker.equals(tags.parameter())) {
            parameter.setLength(0);
            state = State.PARAMETER;
            return Progress.MORE;
        }
        json.append('}');
        pass();
        calls.finished();
        state = State.CLOSING;
        return closing != null && marker.equals(tags.functionEnd()) ? Progress.MORE : Progress.DONE;
    }

    private void start() {
        if (!started) {
            started = true;
            calls.started(name.toString());
            json.append('{');
        }
    }

    private Progress parameter(char c) {
        if (CallName.mayContain(c, parameter.length())) {
            parameter.append(c);
            return Progress.MORE;
        }
        nameEnd = new Expected(tags.nameEnd());
        state = State.PARAMETER_END;
        return parameterEnd(c);
    }

    private Progress parameterEnd(char c) {
        Progress progress = nameEnd.accept(c);
        if (progress == Progress.DONE) {
            json.append(value == null ? "" : ", ")
                    .append(JsonText.quoted(parameter))
                    .append(": ");
            value = new TaggedValue(tags, kinds.of(name.toString(), parameter.toString()), json);
            state = State.VALUE;
            return Progress.MORE;
        }
        if (progress == Progress.FAILED) {
            calls.stray(tags.parameter() + parameter + c);
            state = State.BODY;
        }
        return Progress.MORE;
    }

    private Progress value(char c) {
        if (value != null && value.accept(c)) {
            state = State.BODY;
        }
        return Progress.MORE;
    }

    private void pass() {
        if (started && !json.isEmpty()) {
            calls.arguments(json);
            json.setLength(0);
        }
    }
}
