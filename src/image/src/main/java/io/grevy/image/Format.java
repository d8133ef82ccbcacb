package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The file formats that are decoded, told apart by their first bytes. */
enum Format {
    JPEG("JPEG"),
    PNG("PNG"),
    WEBP("WebP"),
    GIF("GIF"),
    BMP("BMP"),
    TIFF("TIFF");

    static final String SUPPORTED = "supported are JPEG, PNG, WebP, GIF, BMP and TIFF";

    private final String name;

    Format(String name) {
        this.name = name;
    }

    /**
     * Decides what a file is.
     *
     * @throws PictureException names what it looks like, where that is none of these
     */
    static Format of(byte[] file) throws PictureException {
        Bytes head = new Bytes(Arrays.copyOf(file, Math.min(file.length, 1024)), JPEG);
        if (head.has(0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (head.has(0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (head.has(0, "RIFF") && head.has(8, "WEBP")) {
            return WEBP;
        } else if (head.has(0, "GIF87a") || head.has(0, "GIF89a")) {
            return GIF;
        } else if (head.has(0, "II*\0") || head.has(0, "MM\0*")) {
            return TIFF;
        } else if (head.has(0, "BM") && (head.length() < 18 || bmpHeader(head.array()[14]))) {
            return BMP;
        }
        throw new PictureException(
                Reason.UNSUPPORTED_FORMAT,
                "The picture's bytes look like " + lookAt(head) + ", which is not supported; " + SUPPORTED + ".");
    }

    private static boolean bmpHeader(byte length) {
        return length == 12 || length >= 40 && length <= 124;
    }

    private static String lookAt(Bytes head) {
        if (head.length() == 0) {
            return "an empty file";
        } else if (head.has(0, "PK\u0003\u0004") || head.has(0, "PK\u0005\u0006")) {
            return "a ZIP archive";
        } else if (head.has(0, "%PDF")) {
            return "a PDF document";
        } else if (head.has(0, "\u001f\u008b")) {
            return "a gzip file";
        } else if (head.has(4, "ftyp")) {
            return isoMedia(head);
        } else if (head.has(0, "II+\0") || head.has(0, "MM\0+")) {
            return "a BigTIFF file";
        } else if (head.has(0, "\u00ff\n") || head.has(4, "JXL ")) {
            return "a JPEG XL file";
        } else if (head.has(4, "jP  ") || head.has(0, "\u00ff\u004f\u00ff\u0051")) {
            return "a JPEG 2000 file";
        } else if (head.has(0, "8BPS")) {
            return "a Photoshop file";
        } else if (head.has(0, "\0\0\u0001\0")) {
            return "an icon file";
        }
        return text(head);
    }

    private static String isoMedia(Bytes head) {
        if (head.has(8, "avi")) {
            return "an AVIF file";
        }
        return head.has(8, "hei") || head.has(8, "hev") || head.has(8, "mif1") ? "a HEIC file" : "a video";
    }

    private static String text(Bytes head) {
        for (byte b : head.array()) {
            if (b >= 0 && b < 32 && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
                return "no picture format that is known here";
            }
        }
        String text = new String(head.array(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (text.contains("<svg")) {
            return "an SVG drawing";
        } else if (text.contains("<html") || text.contains("<!doctype html")) {
            return "an HTML page";
        } else if (text.stripLeading().startsWith("<?xml")) {
            return "an XML document";
        }
        return text.stripLeading().startsWith("{") ? "JSON" : "text";
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return name;
    }
}
