package io.grevy.image;

import io.grevy.image.PictureException.Reason;

/**
 * A data URI that holds a picture: {@code data:[<media type>][;<parameter>]*;base64,<data>}.
 *
 * <p>The media type and the parameters are ignored. The text of the URI is used where it is, without
 * copies. See <a href="https://www.rfc-editor.org/rfc/rfc2397">RFC 2397</a>.
 */
record DataUri(String url, int dataStart) {

    private static final int LONGEST_HEADER = 1000;
    private static final String MARK = ";base64";

    static boolean matches(String url) {
        return url.regionMatches(true, 0, "data:", 0, 5);
    }

    /**
     * Finds the data.
     *
     * @param url a URL that {@link #matches}
     */
    static DataUri parse(String url) throws PictureException {
        int comma = url.substring(0, Math.min(url.length(), LONGEST_HEADER)).indexOf(',');
        if (comma < 0) {
            throw new PictureException(Reason.MALFORMED_URL, "The data URI has no comma before its data.");
        }
        String header = url.substring(0, comma).stripTrailing();
        if (!header.regionMatches(true, header.length() - MARK.length(), MARK, 0, MARK.length())) {
            throw new PictureException(
                    Reason.MALFORMED_URL,
                    "The data URI is not marked \";base64\" before its comma; only base64 data URIs are supported.");
        }
        return new DataUri(url, comma + 1);
    }

    /** Checks the base64 and its decoded length. */
    void check(long maxBytes) throws PictureException {
        Base64Text.length(url, dataStart, maxBytes);
    }

    /** The decoded data. */
    byte[] decode(long maxBytes) throws PictureException {
        return Base64Text.decode(url, dataStart, maxBytes);
    }
}
