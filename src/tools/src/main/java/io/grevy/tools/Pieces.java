package io.grevy.tools;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers pieces: joins neighbours, numbers the calls, trims.
 *
 * <p>White space between content and a call or reasoning is the format's: it is dropped before those, and behind them
 * unless content stood before them, too, which it then keeps apart. So it is at the edges of reasoning. Content which
 * touches neither keeps its own, and several reasonings are joined by a line break.
 */
final class Pieces {
    private enum Kind {
        CONTENT,
        REASONING,
        ARGUMENTS
    }

    private final List<OutputPiece> out = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private final TrimmedText content = new TrimmedText();
    private final TrimmedText reasoning = new TrimmedText();
    private Kind kind = Kind.CONTENT;
    private int calls;

    void content(char c) {
        turnTo(Kind.CONTENT);
        content.accept(c, run);
    }

    void content(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            content(text.charAt(i));
        }
    }

    /** Another message's content follows. */
    void contentContinues() {
        if (content.hasText()) {
            content('\n');
        }
    }

    void reasoningStarted() {
        content.edge();
        reasoning.edge();
        if (reasoning.hasText()) {
            reasoning('\n');
        }
    }

    void reasoning(char c) {
        turnTo(Kind.REASONING);
        reasoning.accept(c, run);
    }

    void reasoningEnded() {
        reasoning.edge();
        content.edge();
    }

    void callStarted(String name) {
        content.edge();
        close();
        out.add(new OutputPiece.ToolCallStarted(calls, name));
    }

    void arguments(CharSequence json) {
        turnTo(Kind.ARGUMENTS);
        run.append(json);
    }

    void callEnded() {
        close();
        out.add(new OutputPiece.ToolCallEnded(calls));
        calls++;
    }

    /** The text has ended: what white space is left of content belongs to it. */
    void end() {
        turnTo(Kind.CONTENT);
        content.end(run);
    }

    List<OutputPiece> take() {
        close();
        List<OutputPiece> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    private void turnTo(Kind next) {
        if (kind != next) {
            close();
            kind = next;
        }
    }

    private void close() {
        if (run.isEmpty()) {
            return;
        }
        String text = run.toString();
        run.setLength(0);
        out.add(
                switch (kind) {
                    case CONTENT -> new OutputPiece.Content(text);
                    case REASONING -> new OutputPiece.Reasoning(text);
                    case ARGUMENTS -> new OutputPiece.ToolArguments(calls, text);
                });
    }
}
