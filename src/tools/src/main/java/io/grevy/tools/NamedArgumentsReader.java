package io.grevy.tools;

/**
 * {@code name[ARGS]{…}}, from the name on; some versions of the format leave {@code [ARGS]} out. Where {@code [ARGS]} is
 * the last of the text, the call has no arguments.
 */
final class NamedArgumentsReader implements CallReader {
    private enum State {
        NAME,
        AFTER_NAME,
        SEPARATOR,
        ARGUMENTS,
        IN_ARGUMENTS
    }

    private final Calls calls;
    private final StringBuilder name = new StringBuilder();
    private final Expected separator = new Expected("[ARGS]");
    private final StringBuilder arguments = new StringBuilder();
    private final JsonArguments object = new JsonArguments(MistralReader.MARKER, arguments);
    private State state = State.NAME;

    NamedArgumentsReader(Calls calls) {
        this.calls = calls;
    }

    /** Also {@code CLOSED}, where the next call's marker was read. */
    @Override
    public Progress accept(char c) {
        return switch (state) {
            case NAME -> name(c);
            case AFTER_NAME -> Character.isWhitespace(c) ? Progress.MORE : afterName(c);
            case SEPARATOR -> separator(c);
            case ARGUMENTS -> Character.isWhitespace(c) ? Progress.MORE : begin(c);
            case IN_ARGUMENTS -> inArguments(c);
        };
    }

    @Override
    public boolean end() {
        if (state == State.ARGUMENTS) {
            calls.started(name.toString());
            calls.arguments("{}");
        } else if (state == State.IN_ARGUMENTS) {
            object.end();
            calls.arguments(arguments);
        } else {
            return false;
        }
        calls.finished();
        return true;
    }

    private Progress name(char c) {
        if (CallName.mayContain(c, name.length())) {
            name.append(c);
            return Progress.MORE;
        }
        state = State.AFTER_NAME;
        return name.isEmpty() ? Progress.FAILED : accept(c);
    }

    private Progress afterName(char c) {
        state = State.SEPARATOR;
        return c == '{' ? begin(c) : separator(c);
    }

    private Progress separator(char c) {
        Progress progress = separator.accept(c);
        if (progress == Progress.DONE) {
            state = State.ARGUMENTS;
            return Progress.MORE;
        }
        return progress;
    }

    private Progress begin(char c) {
        if (c != '{') {
            return Progress.FAILED;
        }
        calls.started(name.toString());
        state = State.IN_ARGUMENTS;
        return inArguments(c);
    }

    private Progress inArguments(char c) {
        Progress progress = object.accept(c);
        if (!arguments.isEmpty()) {
            calls.arguments(arguments);
            arguments.setLength(0);
        }
        if (progress != Progress.MORE) {
            calls.finished();
        }
        return progress;
    }
}
