package io.grevy.tools;

import java.util.List;

/** Sends the text through stages, the last of which fill the pieces. */
final class StagedParser implements OutputParser {
    private final CharStage first;
    private final Pieces pieces;

    StagedParser(CharStage first, Pieces pieces) {
        this.first = first;
        this.pieces = pieces;
    }

    @Override
    public List<OutputPiece> accept(String text) {
        first.acceptAll(text);
        return pieces.take();
    }

    @Override
    public List<OutputPiece> end() {
        first.end();
        pieces.end();
        return pieces.take();
    }
}
