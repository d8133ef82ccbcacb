package io.grevy.export;

/** There is no export, and no folder that looks like one; the message says why to the person who asked for it. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whose matter it is. */
    public enum Kind {
        /** What was asked for cannot be done; nothing was begun. */
        REFUSED,
        /** A step did not succeed. */
        FAILED,
        /** It was told to end. */
        CANCELLED
    }

    private final Kind kind;

    private ExportException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private ExportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static ExportException refused(String message) {
        return new ExportException(Kind.REFUSED, message);
    }

    static ExportException refused(String message, Throwable cause) {
        return new ExportException(Kind.REFUSED, message, cause);
    }

    static ExportException failed(String message) {
        return new ExportException(Kind.FAILED, message);
    }

    static ExportException failed(String message, Throwable cause) {
        return new ExportException(Kind.FAILED, message, cause);
    }

    static ExportException cancelled() {
        return new ExportException(Kind.CANCELLED, "interrupted; nothing was exported");
    }
}
