package io.grevy.image;

import org.jspecify.annotations.Nullable;

/**
 * A picture that cannot be had, with the reason as a code and as one English sentence.
 *
 * <p>The message is fit for the client who sent the URL: it names what is wrong and why, and repeats at
 * most a hundred characters of the URL, never its query, and nothing of a data URI.
 */
public final class PictureException extends Exception {

    /** What kind of refusal or failure it was. */
    public enum Reason {
        /** Neither a data URI nor an http(s) URL by its syntax, or a data URI that is not base64. */
        MALFORMED_URL,
        /** A URL of another scheme, such as {@code file:} or {@code ftp:}. */
        UNSUPPORTED_SCHEME,
        /** A data URI whose base64 is empty or wrong; the message has the position. */
        BAD_BASE64,
        /** More bytes than {@link PictureSettings#maxBytes()}. */
        TOO_LARGE,
        /** More pixels than {@link PictureSettings#maxPixels()}. */
        TOO_MANY_PIXELS,
        /** Not a picture, or a picture of a kind that is not decoded. */
        UNSUPPORTED_FORMAT,
        /** A picture whose end is missing. */
        TRUNCATED,
        /** A picture whose bytes contradict themselves. */
        CORRUPT,
        /** A URL that the rules on fetching do not admit: host, address, redirects, user information. */
        FETCH_REFUSED,
        /** The other server could not be reached, or did not answer with a success. */
        FETCH_FAILED,
        /** The fetch took longer than {@link PictureSettings#fetchTimeout()}. */
        FETCH_TIMEOUT
    }

    private final Reason reason;

    /** A refusal with one sentence for the client. */
    public PictureException(Reason reason, String message) {
        this(reason, message, null);
    }

    PictureException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The kind of refusal or failure. */
    public Reason reason() {
        return reason;
    }
}
