package io.grevy.tools;

/** Reads {@code name(…)} or {@code name{…}} with arguments in a notation of the format's own. */
final class NotationCall {
    private final Calls calls;
    private final char opener;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private final Transcoder transcoder;
    private boolean inArguments;
    private boolean started;

    NotationCall(Calls calls, char opener, Notation notation) {
        this.calls = calls;
        this.opener = opener;
        this.transcoder = new Transcoder(notation, arguments);
    }

    /** @return {@code MORE}, {@code DONE}, {@code CLOSED} or {@code FAILED} */
    Progress accept(char c) {
        if (!inArguments) {
            return name(c);
        }
        Progress progress = transcoder.accept(c);
        if (!started && transcoder.isCertain()) {
            started = true;
            calls.started(name.toString());
        }
        pass();
        if (progress == Progress.DONE || progress == Progress.CLOSED) {
            calls.finished();
        }
        return progress;
    }

    /** @return whether there was a call, which is finished now */
    boolean end() {
        if (!started) {
            return false;
        }
        transcoder.end();
        pass();
        calls.finished();
        return true;
    }

    private Progress name(char c) {
        if (c == opener) {
            inArguments = true;
            return name.isEmpty() ? Progress.FAILED : Progress.MORE;
        }
        if (CallName.mayContain(c, name.length())) {
            name.append(c);
            return Progress.MORE;
        }
        return Progress.FAILED;
    }

    private void pass() {
        if (started && !arguments.isEmpty()) {
            calls.arguments(arguments);
            arguments.setLength(0);
        }
    }
}
