package io.grevy.image;

import java.util.Set;

/** TIFF: the first directory, whose strips or tiles must lie within the file. */
record TiffContainer(Bytes bytes) implements Container {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;

    /** None, the three of fax, LZW, Deflate under its two numbers, PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32946L, 32773L);

    private static final int LONGEST_TILE_SIDE = 1 << 14;

    @Override
    public Outline outline() throws PictureException {
        return Outline.of(one(WIDTH, 0), one(HEIGHT, 0), bytes);
    }

    @Override
    public Verified verify() throws PictureException {
        Tiff tiff = new Tiff(bytes, 0);
        tiff.requireDirectory(tiff.firstDirectory());
        checkCoding();
        boolean tiled = tiff.values(tiff.firstDirectory(), TILE_OFFSETS).length > 0;
        long[] offsets = tiff.values(tiff.firstDirectory(), tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        long[] lengths = tiff.values(tiff.firstDirectory(), tiled ? TILE_LENGTHS : STRIP_LENGTHS);
        if (offsets.length == 0 || lengths.length > 0 && lengths.length < offsets.length) {
            throw bytes.corrupt("it does not say where its pixel data is");
        }
        for (int i = 0; i < offsets.length; i++) {
            bytes.require(offsets[i] + (lengths.length > 0 ? lengths[i] : 1));
        }
        if (tiled) {
            checkTile(one(TILE_WIDTH, 0), one(TILE_HEIGHT, 0));
        }
        return new Verified(TiffFirstPage.of(bytes), Exif.orientation(bytes, 0));
    }

    private void checkCoding() throws PictureException {
        long compression = one(COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw bytes.unsupported("its compression has the number " + compression
                    + (compression == 6 || compression == 7 ? ", JPEG within TIFF" : ""));
        }
        long samples = one(SAMPLES, 1);
        if (samples < 1 || samples > 5) {
            throw bytes.unsupported("it has " + samples + " samples a pixel");
        }
        long bits = one(BITS, 1);
        if (bits < 1 || bits > 16) {
            throw bytes.unsupported("it has " + bits + " bits a sample");
        }
    }

    /** A tile is decoded whole, even where little of it lies within the picture. */
    private void checkTile(long width, long height) throws PictureException {
        Outline outline = outline();
        long needed = Math.max(outline.pixels(), 1 << 20);
        if (width < 1
                || height < 1
                || width > LONGEST_TILE_SIDE
                || height > LONGEST_TILE_SIDE
                || width * height > 4 * needed) {
            throw bytes.corrupt("its tiles are " + width + "x" + height + " pixels");
        }
    }

    private long one(int tag, long otherwise) throws PictureException {
        Tiff tiff = new Tiff(bytes, 0);
        long[] values = tiff.values(tiff.firstDirectory(), tag);
        return values.length == 0 ? otherwise : values[0];
    }
}
