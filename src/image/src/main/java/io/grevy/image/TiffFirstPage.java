package io.grevy.image;

import java.util.Set;

/**
 * Reduces a TIFF file to what its first page's pixels need.
 *
 * <p>The reader takes in all pages and all fields before it looks at a pixel. A small file can have
 * thousands of either, each of which claims the whole file as its value, and so would have the reader
 * copy gigabytes. The copy made here has one page, its needed fields only, and is read instead.
 */
final class TiffFirstPage {

    /** What is needed to decode the first page; see {@link TiffContainer} for the most common ones. */
    private static final Set<Integer> NEEDED = Set.of(
            256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325, 332, 334,
            338, 339, 529, 530, 531, 532, 34675);

    private static final int[] TYPE_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private final byte[] copy;
    private final Bytes bytes;
    private final Tiff tiff;

    private TiffFirstPage(Bytes file) throws PictureException {
        this.copy = file.array().clone();
        this.bytes = new Bytes(copy, file.format());
        this.tiff = new Tiff(bytes, 0);
    }

    /**
     * The reduced copy of a file whose first directory is within it.
     *
     * @throws PictureException where the needed fields together claim to be larger than the file
     */
    static byte[] of(Bytes file) throws PictureException {
        return new TiffFirstPage(file).reduce();
    }

    private byte[] reduce() throws PictureException {
        int directory = (int) tiff.firstDirectory();
        int entries = tiff.u16(directory);
        int kept = 0;
        long claimed = 0;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (NEEDED.contains(tiff.u16(entry))) {
                claimed += size(entry);
                System.arraycopy(copy, entry, copy, directory + 2 + 12 * kept, 12);
                kept++;
            }
        }
        if (claimed > copy.length) {
            throw bytes.corrupt("its fields claim to be longer than the file");
        }
        // Both byte orders at once: the count's bytes are swapped where the file's are.
        boolean little = copy[0] == 'I';
        copy[directory] = (byte) (little ? kept : kept >> 8);
        copy[directory + 1] = (byte) (little ? kept >> 8 : kept);
        for (int i = 0; i < 4; i++) {
            copy[directory + 2 + 12 * kept + i] = 0; // no next page
        }
        return copy;
    }

    private long size(int entry) throws PictureException {
        int type = tiff.u16(entry + 2);
        return tiff.u32(entry + 4) * (type < TYPE_SIZES.length ? TYPE_SIZES[type] : 0);
    }
}
