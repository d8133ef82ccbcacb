package io.grevy.tools;

import org.jspecify.annotations.Nullable;

/**
 * Reads one call written as a JSON object: {@code {"name": …, "arguments": {…}}}, or {@code "parameters"}; in any order,
 * other members are skipped. Arguments may be an object, the text of one in a string, null or absent.
 *
 * <p>It starts as soon as the name is known and the arguments have begun; whatever is wrong before that makes it fail.
 */
final class JsonCall {
    private enum State {
        OBJECT,
        KEY_OR_END,
        KEY,
        IN_KEY,
        COLON,
        VALUE,
        NAME,
        ARGUMENTS,
        ARGUMENT_TEXT,
        OTHER,
        AFTER
    }

    private static final int LONGEST_KEY = 64;

    private final Calls calls;
    private final boolean bare;
    private final StringBuilder arguments = new StringBuilder();
    private final JsonArguments object;
    private final StringBuilder literal = new StringBuilder();
    private State state = State.OBJECT;
    private JsonString string = new JsonString();
    private JsonBalance other = new JsonBalance();
    private String key = "";
    private @Nullable String name;
    private boolean hasArguments;
    private boolean started;

    /**
     * @param bare whether no marker stood before it, so that only what begins with a name and has arguments is a call
     * @param closing the format's closing marker, which also ends a call that nothing else closed
     */
    JsonCall(Calls calls, boolean bare, @Nullable String closing) {
        this.calls = calls;
        this.bare = bare;
        this.object = new JsonArguments(closing, arguments);
    }

    /** A call whose opening brace has been read. */
    static JsonCall behindBrace(Calls calls, boolean bare, @Nullable String closing) {
        JsonCall call = new JsonCall(calls, bare, closing);
        call.state = State.KEY_OR_END;
        return call;
    }

    Progress accept(char c) {
        Progress progress = switch (state) {
            case IN_KEY -> inKey(c);
            case NAME -> inName(c);
            case ARGUMENTS -> inArguments(c);
            case ARGUMENT_TEXT -> inArgumentText(c);
            case OTHER -> inOther(c);
            default -> Character.isWhitespace(c) ? Progress.MORE : between(c);
        };
        if (started && !arguments.isEmpty()) {
            calls.arguments(arguments);
            arguments.setLength(0);
        }
        if (progress == Progress.DONE || progress == Progress.CLOSED) {
            calls.finished();
        } else if (progress == Progress.DONE_BEFORE) {
            calls.finishedBefore();
        }
        return progress;
    }

    /** @return whether there was a call, which is finished now */
    boolean end() {
        if (!started) {
            return false;
        }
        object.end();
        if (!arguments.isEmpty()) {
            calls.arguments(arguments);
        }
        calls.finished();
        return true;
    }

    private Progress between(char c) {
        return switch (state) {
            case OBJECT -> to(State.KEY_OR_END, c == '{');
            case KEY_OR_END -> c == '}' ? close() : key(c);
            case KEY -> key(c);
            case COLON -> to(State.VALUE, c == ':');
            case VALUE -> value(c);
            default -> after(c);
        };
    }

    private Progress to(State next, boolean right) {
        state = next;
        return right ? Progress.MORE : failed();
    }

    /** A call which has started is over where its object goes wrong. */
    private Progress failed() {
        return started ? Progress.DONE_BEFORE : Progress.FAILED;
    }

    private Progress key(char c) {
        string = new JsonString();
        return to(State.IN_KEY, c == '"');
    }

    private Progress inKey(char c) {
        Progress progress = string.accept(c);
        if (progress == Progress.DONE) {
            key = string.text();
            state = State.COLON;
            return bare && name == null && !key.equals("name") && !key.equals("type") ? failed() : Progress.MORE;
        }
        return progress == Progress.FAILED || string.length() > LONGEST_KEY ? failed() : Progress.MORE;
    }

    private Progress value(char c) {
        if (key.equals("name") && name == null) {
            string = new JsonString();
            return to(State.NAME, c == '"');
        }
        if (!hasArguments && (key.equals("arguments") || key.equals("parameters"))) {
            return argumentValue(c);
        }
        if (bare && name != null && !hasArguments) {
            return failed();
        }
        other = new JsonBalance();
        other.closes(c);
        return to(State.OTHER, ",}]:".indexOf(c) < 0);
    }

    private Progress inName(char c) {
        Progress progress = string.accept(c);
        if (progress == Progress.MORE) {
            return CallName.mayContain(c, string.length()) || c == '\\' ? Progress.MORE : failed();
        }
        if (progress == Progress.FAILED || !CallName.isValid(string.text())) {
            return failed();
        }
        name = string.text();
        state = State.AFTER;
        startIfKnown();
        return Progress.MORE;
    }

    private Progress argumentValue(char c) {
        if (c == '{') {
            hasArguments = true;
            startIfKnown();
            state = State.ARGUMENTS;
            return inArguments(c);
        }
        if (c == '"') {
            string = new JsonString();
            state = State.ARGUMENT_TEXT;
            return Progress.MORE;
        }
        literal.append(c);
        state = State.OTHER;
        return "null".startsWith(literal.toString()) ? Progress.MORE : failed();
    }

    private Progress inArguments(char c) {
        Progress progress = object.accept(c);
        if (progress == Progress.DONE) {
            state = State.AFTER;
            return Progress.MORE;
        }
        return progress == Progress.CLOSED && !started ? Progress.FAILED : progress;
    }

    private Progress inArgumentText(char c) {
        Progress progress = string.accept(c);
        if (progress != Progress.DONE) {
            return progress == Progress.FAILED ? failed() : Progress.MORE;
        }
        String text = string.text().strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return failed();
        }
        arguments.append(text);
        hasArguments = true;
        startIfKnown();
        state = State.AFTER;
        return Progress.MORE;
    }

    private Progress inOther(char c) {
        if (!other.isInString() && (c == ',' || c == '}' || c == ']') && !other.isNested()) {
            if (!literal.isEmpty()) {
                if (!literal.toString().strip().equals("null")) {
                    return failed();
                }
                literal.setLength(0);
            }
            return after(c);
        }
        if (!literal.isEmpty()) {
            literal.append(c);
            return literal.length() > LONGEST_KEY ? failed() : Progress.MORE;
        }
        if (other.closes(c)) {
            state = State.AFTER;
        }
        return Progress.MORE;
    }

    private Progress after(char c) {
        if (c == ',') {
            state = State.KEY;
            return Progress.MORE;
        }
        return c == '}' ? close() : failed();
    }

    private Progress close() {
        if (started) {
            return Progress.DONE;
        }
        if (name == null || (bare && !hasArguments)) {
            return Progress.FAILED;
        }
        arguments.setLength(0);
        arguments.append("{}");
        start(name);
        return Progress.DONE;
    }

    private void startIfKnown() {
        if (name != null && hasArguments) {
            start(name);
        }
    }

    private void start(String known) {
        started = true;
        calls.started(known);
    }
}
