package io.grevy.image;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The colour profile of a PNG, which the JDK's reader leaves out (screenshots of wide-gamut displays have
 * one). The readers of the other formats apply theirs themselves.
 */
final class PngProfile {

    private static final int LARGEST = 1 << 20;

    private PngProfile() {}

    /** The same pixels, marked as being in the profile's colours; a profile that cannot be used is ignored. */
    static BufferedImage mark(BufferedImage image, PngContainer png) {
        if (!(image.getColorModel() instanceof ComponentColorModel colors) || colors.getNumColorComponents() != 3) {
            return image;
        }
        try {
            Bytes bytes = png.bytes();
            long chunk = png.profile();
            ColorSpace space = chunk < 0 ? ColorSpace.getInstance(ColorSpace.CS_sRGB) : space(bytes, chunk);
            if (space.isCS_sRGB() || space.getType() != ColorSpace.TYPE_RGB) {
                return image;
            }
            ColorModel marked = new ComponentColorModel(
                    space, colors.hasAlpha(), false, colors.getTransparency(), colors.getTransferType());
            return new BufferedImage(marked, image.getRaster(), false, null);
        } catch (PictureException | DataFormatException | RuntimeException e) {
            return image;
        }
    }

    /** Reads a chunk: a name, a zero, the number of the compression, the compressed profile. */
    private static ColorSpace space(Bytes bytes, long chunk) throws PictureException, DataFormatException {
        int end = (int) (chunk + 8 + bytes.u32be(chunk));
        int start = (int) chunk + 8;
        while (bytes.u8(start) != 0 && start < end) {
            start++;
        }
        start += 2;
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.array(), start, end - start);
            byte[] profile = new byte[LARGEST];
            int length = inflater.inflate(profile);
            ICC_Profile parsed = ColorProfiles.createProfile(Arrays.copyOf(profile, length));
            return ColorSpaces.createColorSpace(parsed);
        } finally {
            inflater.end();
        }
    }
}
