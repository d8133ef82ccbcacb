package io.grevy.image;

/**
 * How a stored picture is turned and mirrored to stand upright: the values 1 to 8 of EXIF's tag 0x0112.
 *
 * <p>The names say what to do with the stored pixels.
 */
enum Orientation {
    NONE(false, false, false),
    MIRROR(false, true, false),
    TURN_180(false, true, true),
    FLIP(false, false, true),
    TRANSPOSE(true, false, false),
    TURN_RIGHT(true, true, false),
    TRANSVERSE(true, true, true),
    TURN_LEFT(true, false, true);

    private final boolean swapsAxes;
    private final boolean fromRight;
    private final boolean fromBottom;

    Orientation(boolean swapsAxes, boolean fromRight, boolean fromBottom) {
        this.swapsAxes = swapsAxes;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation with EXIF's number; {@link #NONE} for a number that is not from 1 to 8. */
    static Orientation of(int exif) {
        return exif >= 1 && exif <= 8 ? values()[exif - 1] : NONE;
    }

    /** Where the pixels of a stored picture go; see {@link Target}. */
    Target target(int width, int height) {
        int columns = swapsAxes ? height : width;
        int rows = swapsAxes ? width : height;
        int right = fromRight ? -1 : 1;
        int down = fromBottom ? -columns : columns;
        int origin = (fromRight ? columns - 1 : 0) + (fromBottom ? (rows - 1) * columns : 0);
        return swapsAxes
                ? new Target(columns, rows, origin, down, right)
                : new Target(columns, rows, origin, right, down);
    }

    /**
     * The upright picture: the stored pixel at (x, y) goes to the pixel number {@code origin + x * perX +
     * y * perY}, counted row by row.
     */
    record Target(int width, int height, int origin, int perX, int perY) {}
}
