package io.grevy.hub;

import java.time.Duration;
import java.util.Optional;

/** A pull did not succeed. The message is for the operator: it names the cause and what helps. */
public final class HubException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** A setting, of the environment say, is wrong. */
        SETTING,
        /** HF_HUB_OFFLINE is set and the model is not here. */
        OFFLINE,
        /** The host cannot be reached at all. */
        UNREACHABLE,
        /** The hub or the way to it broke off, is too busy or in trouble; another time it may do. */
        UNAVAILABLE,
        /** The model's licence is to be accepted first. */
        GATED,
        /** The hub refuses the token, or wants one. */
        NOT_ALLOWED,
        MODEL_MISSING,
        REVISION_MISSING,
        FILE_MISSING,
        /** Not what a hub answers: a proxy's page, say. */
        UNEXPECTED_ANSWER,
        /** The bytes are not those that the hub lists. */
        CHECKSUM,
        DISK_FULL,
        /** The folder to pull into cannot be used. */
        FOLDER
    }

    private final Reason reason;
    private final boolean passing;
    private final Duration wait;

    private HubException(
            Reason reason, String message, boolean passing, Duration wait, Optional<? extends Throwable> cause) {
        super(message, cause.orElse(null));
        this.reason = reason;
        this.passing = passing;
        this.wait = wait;
    }

    HubException(Reason reason, String message) {
        this(reason, message, false, Duration.ZERO, Optional.empty());
    }

    HubException(Reason reason, String message, Throwable cause) {
        this(reason, message, false, Duration.ZERO, Optional.of(cause));
    }

    /**
     * One that another attempt may not meet.
     *
     * @param wait how long the other side wants it to be waited for; zero where it did not say
     */
    static HubException passing(Reason reason, String message, Duration wait) {
        return new HubException(reason, message, true, wait, Optional.empty());
    }

    static HubException passing(Reason reason, String message, Throwable cause) {
        return new HubException(reason, message, true, Duration.ZERO, Optional.of(cause));
    }

    public Reason reason() {
        return reason;
    }

    boolean isPassing() {
        return passing;
    }

    Duration waitAsked() {
        return wait;
    }
}
