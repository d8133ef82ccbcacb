package io.grevy.image;

/** The one thing needed of EXIF: the orientation, read from the first directory without following others. */
final class Exif {

    private static final int ORIENTATION = 0x0112;
    private static final int MOST_ENTRIES = 1000;

    private Exif() {}

    /**
     * The orientation in a TIFF structure.
     *
     * @param start where the structure begins, with {@code II} or {@code MM}; offsets count from there
     * @return {@link Orientation#NONE} where there is none, and where the structure is damaged: EXIF that
     *     is wrong does not make a picture unusable
     */
    static Orientation orientation(Bytes bytes, long start) {
        try {
            Tiff tiff = new Tiff(bytes, start);
            long directory = tiff.firstDirectory();
            int entries = Math.min(tiff.u16(directory), MOST_ENTRIES);
            for (int i = 0; i < entries; i++) {
                long entry = directory + 2 + 12L * i;
                if (tiff.u16(entry) == ORIENTATION) {
                    return Orientation.of(tiff.u16(entry + 8));
                }
            }
            return Orientation.NONE;
        } catch (PictureException e) {
            return Orientation.NONE;
        }
    }
}
