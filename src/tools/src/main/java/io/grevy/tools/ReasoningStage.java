package io.grevy.tools;

import java.util.ArrayList;
import java.util.List;

/** Tells reasoning between two markers from what follows. */
final class ReasoningStage implements CharStage {
    private enum State {
        BEFORE,
        BEGUN,
        INSIDE,
        AFTER
    }

    private final ReasoningTags tags;
    private final CharStage next;
    private final Pieces pieces;
    private final MarkerScanner open;
    private final MarkerScanner label;
    private final MarkerScanner close;
    private State state = State.BEFORE;

    /** @param inside whether the text begins within reasoning, since the prompt ended with its begin marker */
    ReasoningStage(ReasoningTags tags, boolean inside, Pieces pieces, CharStage next) {
        this.tags = tags;
        this.next = next;
        this.pieces = pieces;
        this.open = new MarkerScanner(List.of(tags.open()));
        this.close = new MarkerScanner(List.of(tags.close()));
        List<String> labels = new ArrayList<>(List.of(tags.label()));
        labels.add(tags.close());
        this.label = new MarkerScanner(labels);
        if (inside) {
            begin();
        }
    }

    @Override
    public void accept(char c) {
        switch (state) {
            case BEFORE -> before(c);
            case BEGUN -> begun(c);
            case INSIDE -> inside(c);
            case AFTER -> next.accept(c);
        }
    }

    @Override
    public void end() {
        next.acceptAll(open.takeHeld());
        reasoning(label.takeHeld());
        reasoning(close.takeHeld());
        if (state == State.BEGUN || state == State.INSIDE) {
            pieces.reasoningEnded();
        }
        next.end();
    }

    private void before(char c) {
        boolean found = open.accept(c) != null;
        String plain = open.takePlain();
        next.acceptAll(plain);
        if (found) {
            begin();
        } else if (!tags.anywhere() && !plain.isBlank()) {
            state = State.AFTER;
            next.acceptAll(open.takeHeld());
        }
    }

    private void begin() {
        state = State.BEGUN;
        pieces.reasoningStarted();
    }

    /** A label, or the begin marker again, may stand before the reasoning. */
    private void begun(char c) {
        String found = label.accept(c);
        String plain = label.takePlain();
        if (found != null && found.equals(tags.close())) {
            finish();
        } else if (found != null || !plain.isBlank()) {
            state = State.INSIDE;
            String held = label.takeHeld();
            for (String text : List.of(plain, held)) {
                for (int i = 0; i < text.length(); i++) {
                    inside(text.charAt(i));
                }
            }
        }
    }

    private void inside(char c) {
        boolean found = close.accept(c) != null;
        reasoning(close.takePlain());
        if (found) {
            finish();
        }
    }

    private void finish() {
        pieces.reasoningEnded();
        state = tags.anywhere() ? State.BEFORE : State.AFTER;
    }

    private void reasoning(String text) {
        for (int i = 0; i < text.length(); i++) {
            pieces.reasoning(text.charAt(i));
        }
    }
}
