package io.grevy.image;

import java.util.List;

/**
 * The frames of a file with several, from its structure alone: no pixel is decoded, nothing is allocated by what the
 * file claims.
 */
interface Animation {

    /** More frames than this no animation may have. */
    int MOST_FRAMES = 4096;

    /** The file. */
    Bytes bytes();

    /** Columns of the canvas, at least 1. */
    int width();

    /** Rows of the canvas, at least 1. */
    int height();

    /** At least one. */
    List<Frame> frames();

    /** A file of the same format that holds this frame alone, without its place and its time. */
    byte[] still(Frame frame) throws PictureException;

    /** How long viewers show a frame: those that name a time too short to be seen get a tenth of a second. */
    static int shownMillis(int named) {
        return named <= 10 ? 100 : named;
    }

    /** What becomes of a frame's place before the next one is painted. */
    enum Disposal {
        KEEP,
        CLEAR,
        RESTORE
    }

    /**
     * A frame, painted over what is there.
     *
     * @param x column of the canvas where it begins
     * @param y row of the canvas where it begins
     * @param width columns, at least 1; they may go beyond the canvas
     * @param height rows, at least 1; they may go beyond the canvas
     * @param millis how long it is shown
     * @param blended whether what is there shows through where the frame is transparent
     * @param start where in the file it begins, with what belongs to it
     * @param end where it ends
     */
    record Frame(
            int x, int y, int width, int height, int millis, Disposal disposal, boolean blended, long start, long end) {

        long pixels() {
            return (long) width * height;
        }
    }
}
