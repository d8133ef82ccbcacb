package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An http or https URL, taken apart by rules narrower than those of browsers, so that nobody reads
 * another host in it.
 *
 * @param host the host in its one spelling
 * @param port the port, given or the scheme's
 * @param target path and query as they go into the request, beginning with a slash; the fragment is gone
 */
record WebUrl(boolean secure, Host host, int port, String target) {

    private static final int LONGEST = 8192;
    private static final int LONGEST_QUOTED = 80;

    /** Reads a URL, or refuses it with the reason. */
    static WebUrl parse(String url) throws PictureException {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, Math.min(colon, 20)).toLowerCase(Locale.ROOT);
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new PictureException(
                    Reason.MALFORMED_URL, "The picture's URL is neither a data URI nor an http or https URL.");
        } else if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new PictureException(
                    Reason.UNSUPPORTED_SCHEME,
                    "Pictures cannot be had by " + scheme + " URLs; supported are data, http and https.");
        } else if (url.length() > LONGEST) {
            throw new PictureException(
                    Reason.MALFORMED_URL, "The picture's URL is longer than " + LONGEST + " characters.");
        } else if (!url.startsWith("//", colon + 1)) {
            throw malformed("has no // after its scheme");
        }
        int start = colon + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return of(scheme.equals("https"), url.substring(start, end), url.substring(end));
    }

    private static WebUrl of(boolean secure, String authority, String rest) throws PictureException {
        if (authority.indexOf('@') >= 0) {
            throw new PictureException(
                    Reason.FETCH_REFUSED, "The picture's URL holds user information, which is not allowed.");
        }
        int fragment = rest.indexOf('#');
        String target = encode(fragment < 0 ? rest : rest.substring(0, fragment));
        try {
            HostAndPort parts = HostAndPort.parse(authority);
            return new WebUrl(
                    secure,
                    parts.host(),
                    parts.port().orElse(secure ? 443 : 80),
                    target.startsWith("/") ? target : "/" + target);
        } catch (IllegalArgumentException e) {
            throw malformed("has a host that cannot be used: it " + e.getMessage());
        }
    }

    /** The place that a redirect from here leads to. */
    WebUrl resolve(String location) throws PictureException {
        try {
            return parse(new URI(toString()).resolve(new URI(encode(location))).toString());
        } catch (URISyntaxException e) {
            throw malformed("is redirected to something that is not a URL");
        }
    }

    /** Percent-encodes what people leave as it is and servers do not; control characters are refused. */
    private static String encode(String text) throws PictureException {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && b < 32 || b == 127) {
                throw malformed("holds a control character");
            } else if (b < 0 || " \"<>\\^`{|}".indexOf(b) >= 0) {
                encoded.append('%').append(String.format("%02X", b));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    private static PictureException malformed(String why) {
        return new PictureException(Reason.MALFORMED_URL, "The picture's URL " + why + ".");
    }

    boolean defaultPort() {
        return port == (secure ? 443 : 80);
    }

    /** Host and path for messages: short, and without the query, which may hold a secret. */
    String quoted() {
        int query = target.indexOf('?');
        String text = host + (defaultPort() ? "" : ":" + port) + (query < 0 ? target : target.substring(0, query));
        return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…";
    }

    /** The whole URL. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + (defaultPort() ? "" : ":" + port) + target;
    }
}
