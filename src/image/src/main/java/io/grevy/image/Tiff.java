package io.grevy.image;

/**
 * Numbers of a TIFF structure, in whichever byte order it announces.
 */
final class Tiff {

    private final Bytes bytes;
    private final long start;
    private final boolean little;

    /**
     * A structure within a file.
     *
     * @param start where it begins, with {@code II} or {@code MM}; its offsets count from there
     */
    Tiff(Bytes bytes, long start) throws PictureException {
        this.bytes = bytes;
        this.start = start;
        this.little = bytes.has(start, "II*\0");
        if (!little && !bytes.has(start, "MM\0*")) {
            throw bytes.corrupt("it does not begin as a TIFF structure");
        }
    }

    /** The first directory's place in the file. */
    long firstDirectory() throws PictureException {
        return start + u32(start + 4);
    }

    /** Refuses the file where a directory is not wholly within it. */
    void requireDirectory(long directory) throws PictureException {
        bytes.require(directory + 2 + 12L * u16(directory) + 4);
    }

    int u16(long at) throws PictureException {
        return little ? bytes.u16le(at) : bytes.u16be(at);
    }

    long u32(long at) throws PictureException {
        return little ? bytes.u32le(at) : bytes.u32be(at);
    }

    /**
     * The values of a directory's field.
     *
     * @return empty where the directory does not have the field
     */
    long[] values(long directory, int tag) throws PictureException {
        int entries = u16(directory);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (u16(entry) == tag) {
                return values(entry);
            }
        }
        return new long[0];
    }

    private long[] values(long entry) throws PictureException {
        int type = u16(entry + 2);
        long count = u32(entry + 4);
        int size = type == 1 ? 1 : type == 3 ? 2 : type == 4 ? 4 : 0;
        if (size == 0) {
            throw bytes.corrupt("a field that should hold numbers has the type " + type);
        }
        long at = count * size <= 4 ? entry + 8 : start + u32(entry + 8);
        bytes.require(at + count * size);
        long[] values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            long value = at + (long) i * size;
            values[i] = size == 1 ? bytes.u8(value) : size == 2 ? u16(value) : u32(value);
        }
        return values;
    }
}
