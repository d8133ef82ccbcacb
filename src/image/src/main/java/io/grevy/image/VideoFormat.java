package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.util.Arrays;

/** What a file that is to be a video is, told by its first bytes. */
final class VideoFormat {

    private static final String TAKEN = "taken are GIF and WebP animations, and frames as pictures of their own"
            + " (data:video/jpeg;base64,<frame>,<frame>, or a list)";

    private VideoFormat() {}

    /**
     * The format of an animation or a picture.
     *
     * @throws PictureException names the video format that it is, or else what {@link Format#of} says
     */
    static Format of(byte[] file) throws PictureException {
        Bytes head = new Bytes(Arrays.copyOf(file, Math.min(file.length, 64)), Format.JPEG);
        String name = name(head);
        if (!name.isEmpty()) {
            throw new PictureException(
                    Reason.UNSUPPORTED_FORMAT,
                    "The video's bytes look like " + name + ", which is not decoded here; " + TAKEN + ".");
        }
        return Format.of(file);
    }

    private static String name(Bytes head) {
        if (head.has(4, "ftyp")) {
            return head.has(8, "qt") ? "QuickTime" : isPicture(head) ? "" : "MP4";
        } else if (head.has(4, "moov") || head.has(4, "mdat") || head.has(4, "wide")) {
            return "QuickTime";
        } else if (head.has(0, "\u001aE\u00df\u00a3")) {
            return "WebM or Matroska";
        } else if (head.has(0, "RIFF") && head.has(8, "AVI ")) {
            return "AVI";
        } else if (head.has(0, "FLV")) {
            return "FLV";
        } else if (head.has(0, "OggS")) {
            return "Ogg";
        } else if (head.has(0, "\0\0\u0001\u00ba") || head.has(0, "\0\0\u0001\u00b3")) {
            return "MPEG";
        } else if (head.has(0, "\u0030\u0026\u00b2\u0075")) {
            return "WMV";
        }
        return head.has(0, "#EXTM3U") ? "an HLS playlist" : "";
    }

    /** AVIF and HEIC, which have words of their own. */
    private static boolean isPicture(Bytes head) {
        return head.has(8, "avi") || head.has(8, "hei") || head.has(8, "hev") || head.has(8, "mif1");
    }
}
