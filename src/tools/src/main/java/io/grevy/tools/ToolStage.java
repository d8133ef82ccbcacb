package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells calls from content. What a reader gives back is looked at again, in case a call begins within; since a call's
 * head is short and strict, that is seldom and little.
 */
final class ToolStage implements CharStage, Calls {
    private final Pieces pieces;
    private final List<Opening> openings;
    private final MarkerScanner scanner;

    /** What is still to be read, here from {@code next} on; longer than a character only after a failure. */
    private final StringBuilder pending = new StringBuilder();

    private int next;

    private @Nullable CallReader reader;
    /** What the reader has read outside of calls, since its marker or since its last call. */
    private final StringBuilder raw = new StringBuilder();
    /** What stood within the call without belonging to it. */
    private final StringBuilder stray = new StringBuilder();
    /** Whether {@code raw} begins with the marker. */
    private boolean opened;

    private boolean inCall;
    private boolean finishedNow;
    private boolean answerBegun;

    ToolStage(List<Opening> openings, Pieces pieces) {
        this.openings = openings;
        this.scanner = new MarkerScanner(openings.stream().map(Opening::marker).toList());
        this.pieces = pieces;
    }

    @Override
    public void accept(char c) {
        pending.append(c);
        drain();
    }

    @Override
    public void end() {
        while (reader != null) {
            boolean dropped = reader.end();
            reader = null;
            if (!dropped) {
                giveBack();
                drain();
            }
        }
        pieces.content(scanner.takeHeld());
    }

    private void drain() {
        while (next < pending.length()) {
            char c = pending.charAt(next++);
            if (reader == null) {
                content(c);
            } else {
                call(reader, c);
            }
        }
        pending.setLength(0);
        next = 0;
    }

    private void content(char c) {
        String marker = scanner.accept(c);
        String plain = scanner.takePlain();
        pieces.content(plain);
        answerBegun |= !plain.isBlank();
        if (marker != null) {
            open(marker);
        }
    }

    private void open(String marker) {
        for (Opening opening : openings) {
            if (opening.marker().equals(marker) && !(opening.onlyFirst() && answerBegun)) {
                reader = opening.reader().apply(this);
                raw.setLength(0);
                raw.append(marker);
                opened = true;
                answerBegun = true;
                return;
            }
        }
        pieces.content(marker);
    }

    private void call(CallReader open, char c) {
        finishedNow = false;
        Progress progress = open.accept(c);
        if (progress == Progress.DONE) {
            reader = null;
            return;
        }
        if (progress == Progress.FAILED) {
            raw.append(c);
            reader = null;
            giveBack();
        } else if (!inCall && !finishedNow) {
            raw.append(c);
        }
    }

    private void giveBack() {
        int from = 0;
        if (opened) {
            pieces.content(raw.charAt(0));
            from = 1;
        }
        pending.replace(0, next, raw.substring(from));
        next = 0;
        raw.setLength(0);
        opened = false;
    }

    @Override
    public void started(String name) {
        inCall = true;
        opened = false;
        raw.setLength(0);
        pieces.callStarted(name);
    }

    @Override
    public void arguments(CharSequence json) {
        pieces.arguments(json);
    }

    @Override
    public void stray(CharSequence text) {
        stray.append(text);
    }

    @Override
    public void finished() {
        finishedNow = true;
        finishedBefore();
    }

    @Override
    public void finishedBefore() {
        inCall = false;
        pieces.callEnded();
        pieces.content(stray);
        stray.setLength(0);
    }
}
